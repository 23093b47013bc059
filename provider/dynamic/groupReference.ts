import * as pulumi from "@pulumi/pulumi";
import { isLater } from "./later";
import { otherThanGroup } from "./otherThanGroup";

/**
 * A security group: its id, an Output of it, or anything with an `id` output that stands for one, such as an
 * `aws.ec2.SecurityGroup`.
 */
export type GroupReference = pulumi.Input<string> | GroupResource;

/** A stand-in for a security group. Excludes values with the properties of something else. */
export interface GroupResource {
  /** The id of the group, `sg-…`. */
  readonly id: pulumi.Input<string>;
  /** Only VPCs and subnets have it. */
  readonly cidrBlock?: never;
  /** Only prefix lists have it. */
  readonly maxEntries?: never;
  /** Only rules have it. */
  readonly securityGroupRuleId?: never;
  /** Only servers and databases have it. */
  readonly vpcSecurityGroupIds?: never;
}

/** An optional group, in any accepted form. */
type MaybeGroup = GroupReference | pulumi.Input<string | undefined> | undefined;

/**
 * The id of a group in any accepted form; fails the program if it is another kind of resource.
 *
 * @param where the resource and the argument, for a person: `EgressRule "to-lan": securityGroupId`
 */
export function groupId(where: string, group: GroupReference): pulumi.Input<string>;
export function groupId(where: string, group: MaybeGroup): pulumi.Input<string | undefined> | undefined;
export function groupId(where: string, group: MaybeGroup) {
  const other = otherThanGroup(group);
  if (other !== undefined) {
    throw new pulumi.RunError(
      `${where}: ${other} is not a security group: specify a group, its id, or an Output of it`,
    );
  }
  return isGroup(group) ? group.id : group;
}

/** Whether this is the group itself or a stand-in for it, rather than its id. */
export function isGroup(value: unknown): value is GroupResource {
  return typeof value === "object" && value !== null && !isLater(value) && "id" in value;
}
