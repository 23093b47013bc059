import { defaultRegion, targetFor } from "../../provider/ec2/client/client";
import { findGroupRules } from "../../provider/ec2/find";
import { isGroupThere } from "../../provider/ec2/groupThere";
import { readSettings } from "../../provider/ec2/settings/settings";
import { failuresText, quote } from "../../provider/rule/failure";
import { parseGroupId, parseRegion } from "../../provider/rule/ids";
import { ruleOf } from "../../provider/rule/rule";
import { InputError } from "../program/inputError";
import type { DeclaredRule, GroupRules } from "../program/model";

/** The outbound rules of a group as EC2 has them now. */
export async function readLive(groupId: string, givenRegion: string | undefined): Promise<GroupRules> {
  parseGroupId(groupId, (reason) => {
    throw new InputError(`--from: ${reason}`);
  });
  // The environment and the profile say who calls and where, as they do for the AWS CLI.
  const read = readSettings(() => undefined);
  if ("failures" in read) throw new InputError(failuresText(read.failures));
  const region = givenRegion ?? (await defaultRegion(read.settings));
  if (region === undefined) {
    throw new InputError("--live: no Region is known: give --region, or set AWS_REGION");
  }
  parseRegion(region, (reason) => {
    throw new InputError(`--region: ${reason}`);
  });
  const target = targetFor(read.settings, region);
  try {
    const found = await findGroupRules(target, groupId);
    if (found.length === 0 && !(await isGroupThere(target, groupId))) {
      throw new InputError(`--from: there is no group ${quote(groupId)} in ${region}`);
    }
    return { rules: found.map(declared), unknown: [], exclusive: [] };
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(error.message, { cause: error });
  } finally {
    target.client.destroy();
  }
}

function declared({ id, arn, inputs }: Awaited<ReturnType<typeof findGroupRules>>[number]): DeclaredRule {
  const { protocol, ports, destination } = ruleOf(inputs);
  if (destination === undefined) throw new InputError(`EC2 has a rule that leads nowhere: ${id}`);
  const { description } = inputs;
  const because = {
    urn: arn,
    resource: id,
    type: "AWS::EC2::SecurityGroupRule",
    ...(description !== undefined && { reason: description }),
  };
  return { traffic: { protocol, ...(ports && { ports }), destination }, because };
}
