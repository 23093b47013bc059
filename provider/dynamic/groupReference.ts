import * as pulumi from "@pulumi/pulumi";

/**
 * A security group: its id, an Output of it, or anything with an `id` output, such as an `aws.ec2.SecurityGroup`.
 */
export type GroupReference =
  | pulumi.Input<string>
  | {
      /** The id of the group, `sg-…`. */
      readonly id: pulumi.Input<string>;
    };

/** The id of a group, however it is given. */
export function groupId(group: GroupReference): pulumi.Input<string>;
export function groupId(
  group: GroupReference | pulumi.Input<string | undefined> | undefined,
): pulumi.Input<string | undefined> | undefined;
export function groupId(group: GroupReference | pulumi.Input<string | undefined> | undefined) {
  return isGroup(group) ? group.id : group;
}

/** Whether this is the group itself, or what stands for it, and not its id. */
export function isGroup(value: unknown): value is { readonly id: pulumi.Input<string> } {
  const isLater = pulumi.Output.isInstance(value) || value instanceof Promise;
  return typeof value === "object" && value !== null && !isLater && "id" in value;
}
