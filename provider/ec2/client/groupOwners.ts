import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../../rule/record";

/** The accounts of the groups that answers have shown, by client and by the group's id, which no two groups share. */
const owners = new WeakMap<EC2Client, Map<string, string>>();

/** The account of a group, where an answer has shown it: with these credentials it is to be seen. */
export function ownerOf(client: EC2Client, groupId: string): string | undefined {
  return owners.get(client)?.get(groupId);
}

/** Notes of all answers whose the groups in them are. */
export function noteOwners(client: EC2Client): void {
  const ofClient = new Map<string, string>();
  owners.set(client, ofClient);
  const note = (listed: unknown, name: "GroupOwnerId" | "OwnerId") => {
    for (const one of Array.isArray(listed) ? listed : []) {
      const { GroupId, [name]: owner }: UnknownRecord = isRecord(one) ? one : {};
      if (typeof GroupId === "string" && typeof owner === "string") ofClient.set(GroupId, owner);
    }
  };
  client.middlewareStack.add(
    (next) => async (call) => {
      const result = await next(call);
      const output: UnknownRecord = isRecord(result.output) ? result.output : {};
      note(output.SecurityGroupRules, "GroupOwnerId");
      note(output.SecurityGroups, "OwnerId");
      return result;
    },
    { step: "initialize", name: "noteOwners" },
  );
}
