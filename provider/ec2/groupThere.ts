import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { errorCode, explain, isGroupMissing } from "./errors";
import type { Target } from "./target";
import { waitForGroup } from "./waitForGroup";

/**
 * Whether a group exists. Callers ask if it seems to have no rules, because EC2 answers the same for a deleted group.
 *
 * Returns true if the credentials lack the permission: nothing else in this package needs it.
 */
export async function isGroupThere(target: Target, groupId: string): Promise<boolean> {
  try {
    await askForGroup(target, groupId);
    return true;
  } catch (error) {
    if (isGroupMissing(error)) return false;
    throw explained(error, target, groupId);
  }
}

/** Waits until a new group is visible. */
export async function untilGroupThere(target: Target, groupId: string): Promise<void> {
  try {
    await waitForGroup(() => askForGroup(target, groupId));
  } catch (error) {
    throw explained(error, target, groupId);
  }
}

async function askForGroup({ client }: Target, groupId: string): Promise<void> {
  try {
    await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  } catch (error) {
    if (!["UnauthorizedOperation", "AccessDenied"].includes(errorCode(error))) throw error;
  }
}

function explained(error: unknown, { region }: Target, groupId: string): Error {
  return explain(error, { action: "DescribeSecurityGroups", doing: `looking for ${groupId}`, region });
}
