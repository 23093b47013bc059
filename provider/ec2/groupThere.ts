import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { errorCode, explain, isGroupMissing } from "./errors";
import type { Target } from "./target";
import { waitForGroup } from "./waitForGroup";

/**
 * Whether a group is there. Asked where it seems to have no rules: EC2 says the same of one that is gone.
 *
 * Where the credentials in use may not ask, it is taken for there: nothing else of this package needs the right to.
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

/** Waits until a group that was made a moment ago is visible. */
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
