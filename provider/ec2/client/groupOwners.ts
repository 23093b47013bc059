import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../../rule/record";

/** The accounts of the groups that EC2 has returned, by client and group id; group ids are unique. */
const owners = new WeakMap<EC2Client, Map<string, string>>();

/** The account of a group, if EC2 has returned the group: then these credentials can see it. */
export function ownerOf(client: EC2Client, groupId: string): string | undefined {
  return owners.get(client)?.get(groupId);
}

/** Notes the owner of each group that any answer contains. */
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
