import * as pulumi from "@pulumi/pulumi";
import { isLater } from "./later";
import { otherThanGroup } from "./otherThanGroup";

/**
 * A security group: its id, an Output of it, or anything with an `id` output that stands for one, such as an
 * `aws.ec2.SecurityGroup`.
 */
export type GroupReference = pulumi.Input<string> | GroupResource;

/** What stands for a security group. What has the properties of something else is none. */
export interface GroupResource {
  /** The id of the group, `sg-…`. */
  readonly id: pulumi.Input<string>;
  /** VPCs and subnets have it. */
  readonly cidrBlock?: never;
  /** Prefix lists have it. */
  readonly maxEntries?: never;
  /** Rules have it. */
  readonly securityGroupRuleId?: never;
  /** Servers and databases have it. */
  readonly vpcSecurityGroupIds?: never;
}

/** What may be given for a group, where none need be. */
type MaybeGroup = GroupReference | pulumi.Input<string | undefined> | undefined;

/**
 * The id of a group, however it is given; a resource that is something else fails the program.
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

/** Whether this is the group itself, or what stands for it, and not its id. */
export function isGroup(value: unknown): value is GroupResource {
  return typeof value === "object" && value !== null && !isLater(value) && "id" in value;
}
