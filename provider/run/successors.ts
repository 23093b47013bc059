import type { EC2Client } from "@aws-sdk/client-ec2";

/** The groups on which sets were made in this run of the engine. */
const groups = new WeakMap<EC2Client, Set<string>>();

/**
 * Notes that a set was made: whatever other set of its group goes in the same run is the one before it, replaced or
 * renamed, and the group is no longer that one's to lock or to open.
 */
export function noteSuccessor(client: EC2Client, groupId: string): void {
  groups.set(client, (groups.get(client) ?? new Set()).add(groupId));
}

export function hasSuccessor(client: EC2Client, groupId: string): boolean {
  return groups.get(client)?.has(groupId) === true;
}
