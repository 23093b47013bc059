import * as pulumi from "@pulumi/pulumi";

/**
 * A security group: its id, an Output of it, or anything with an `id` output, such as an `aws.ec2.SecurityGroup`.
 */
export type GroupReference = pulumi.Input<string> | { readonly id: pulumi.Input<string> };

/** The id of a group, however it is given. */
export function groupId(group: GroupReference): pulumi.Input<string> {
  return isGroup(group) ? group.id : group;
}

/** Whether this is the group itself, or what stands for it, and not its id. */
export function isGroup(value: GroupReference): value is { readonly id: pulumi.Input<string> } {
  return (
    typeof value === "object" &&
    !pulumi.Output.isInstance(value) &&
    !(value instanceof Promise) &&
    "id" in value
  );
}
