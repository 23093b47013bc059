import * as pulumi from "@pulumi/pulumi";
import { resourceText } from "./resourceText";

/** The types of resources whose id is that of a security group. */
const GROUPS: ReadonlySet<string> = new Set([
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws-native:ec2:SecurityGroup",
]);

/** The types of resources that are known here: those of AWS's packages, and single rules. */
const KNOWN = /^(?:aws|aws-native):|^pulumi-nodejs:dynamic\/aws-egress:EgressRule$/;

/**
 * What a value is, for a person, where it is a resource that is known to be no security group: `aws.ec2.Vpc "main"`.
 *
 * A component may stand for a group, whatever it is called, and of other packages nothing is known.
 */
export function otherThanGroup(value: unknown): string | undefined {
  if (!pulumi.CustomResource.isInstance(value)) return undefined;
  const type = pulumi.resourceType(value);
  return KNOWN.test(type) && !GROUPS.has(type) ? resourceText(value) : undefined;
}
