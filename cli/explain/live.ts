import { findGroupRules } from "../../provider/ec2/find";
import { isGroupThere } from "../../provider/ec2/groupThere";
import { quote } from "../../provider/rule/failure";
import { parseGroupId } from "../../provider/rule/ids";
import { ruleOf } from "../../provider/rule/rule";
import { askingEc2 } from "../liveTarget";
import { InputError } from "../program/inputError";
import type { DeclaredRule, GroupRules } from "../program/model";

/** Reads a group's current outbound rules from EC2. */
export async function readLive(groupId: string, region: string | undefined): Promise<GroupRules> {
  parseGroupId(groupId, (reason) => {
    throw new InputError(`--from: ${reason}`);
  });
  return askingEc2({ ...(region !== undefined && { region }) }, async (target) => {
    const found = await findGroupRules(target, groupId);
    if (found.length === 0 && !(await isGroupThere(target, groupId))) {
      throw new InputError(`--from: there is no group ${quote(groupId)} in ${target.region}`);
    }
    return { rules: found.map(declared), unknown: [], exclusive: [] };
  });
}

function declared({ id, arn, inputs }: Awaited<ReturnType<typeof findGroupRules>>[number]): DeclaredRule {
  const { protocol, ports, destination } = ruleOf(inputs);
  if (destination === undefined) throw new InputError(`EC2 returned a rule without a destination: ${id}`);
  const { description } = inputs;
  const because = {
    urn: arn,
    resource: id,
    type: "AWS::EC2::SecurityGroupRule",
    ...(description !== undefined && { reason: description }),
  };
  return { traffic: { protocol, ...(ports && { ports }), destination }, because };
}
