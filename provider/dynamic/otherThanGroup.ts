import * as pulumi from "@pulumi/pulumi";
import { resourceText } from "./resourceText";

/** The types of resources whose id is a security group's. */
const GROUPS: ReadonlySet<string> = new Set([
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws-native:ec2:SecurityGroup",
]);

/** The known types of resources: those of AWS's packages, and single rules. */
const KNOWN = /^(?:aws|aws-native):|^pulumi-nodejs:dynamic\/aws-egress:EgressRule$/;

/**
 * A resource that is certainly not a security group, as a person names it: `aws.ec2.Vpc "main"`.
 *
 * A component of any name may stand for a group, and types of other packages are unknown.
 */
export function otherThanGroup(value: unknown): string | undefined {
  if (!pulumi.CustomResource.isInstance(value)) return undefined;
  const type = pulumi.resourceType(value);
  return KNOWN.test(type) && !GROUPS.has(type) ? resourceText(value) : undefined;
}
