import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { SetRuleArgs } from "../../../index";
import type { StateResource } from "../stack";

/** Where a group does not hold exactly the declared rules, or state lacks their ids. */
export function mismatches(
  wanted: readonly SetRuleArgs[],
  held: readonly SecurityGroupRule[],
  inState: readonly string[],
): string[] {
  const [declared, there] = [wanted.map(declaredText).sort(), held.map(heldText).sort()];
  const [known, given] = [[...inState].sort(), held.map(({ SecurityGroupRuleId: id = "" }) => id).sort()];
  return [
    ...(declared.join("\n") === there.join("\n") ? [] : [`EC2 holds ${list(there)}, not ${list(declared)}`]),
    ...(known.join() === given.join() ? [] : [`state knows ${list(known)}, and EC2 ${list(given)}`]),
  ];
}

/** The ids of the rules in state, from single rules and sets. */
export function heldIds(resources: readonly StateResource[]): string[] {
  return resources.flatMap(({ id, outputs: { ruleIds } = {} }) => {
    if (typeof ruleIds === "object" && ruleIds !== null) return Object.values(ruleIds).map(String);
    return id === undefined ? [] : [id];
  });
}

/** The tag that names a rule's owner, which no program declares. */
const OWNER = "pulumi-aws-egress:owner";

function declaredText({ fromPort, toPort, cidrIpv4, description, tags = {} }: SetRuleArgs): string {
  return JSON.stringify([fromPort, toPort, cidrIpv4, description ?? "", Object.entries(tags)]);
}

function heldText({ FromPort, ToPort, CidrIpv4, Description, Tags = [] }: SecurityGroupRule): string {
  const tags = Tags.filter(({ Key }) => Key !== OWNER).map(({ Key, Value }) => [Key, Value]);
  return JSON.stringify([FromPort, ToPort, CidrIpv4, Description ?? "", tags]);
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? "nothing" : texts.join(" ");
}
