import { identity } from "../rule/identity";
import { printable } from "../rule/printable";
import { type RuleInputs, ruleOf, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import { type GroupRules, groupRules } from "./joint/groupRules";
import { ruleById } from "./joint/ruleById";
import { stackOf } from "./mark";
import type { Target } from "./target";

/** The rule with this id, or undefined where it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const rule = await lookUp(target, `reading rule ${ruleId}`, () => ruleById(target, ruleId));
  return rule && foundRule(rule, target.region);
}

/** The outbound rule that is the same as this one, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const rules = await outboundRules(target, inputs.securityGroupId, `looking up ${ruleTextOnGroup(inputs)}`);
  return rules?.byIdentity.get(identity(ruleOf(inputs)));
}

/** What takes up the quota of a group, in words. */
export async function usedText(target: Target, groupId: string): Promise<string> {
  const rules = await outboundRules(target, groupId, `counting the rules of ${groupId}`);
  const { ipv4, ipv6 } = rules?.used ?? { ipv4: 0, ipv6: 0 };
  const stacks = new Map<string, number>();
  for (const { owner } of rules?.byIdentity.values() ?? []) {
    const whose = owner === undefined ? "without an owner's mark" : `of ${printable(stackOf(owner))}`;
    stacks.set(whose, (stacks.get(whose) ?? 0) + 1);
  }
  const byOwner = [...stacks]
    .sort(([, one], [, other]) => other - one)
    .map(([whose, count]) => `${count} ${whose}`);
  const count = (rules: number) => `${rules} ${rules === 1 ? "rule" : "rules"}`;
  return `${groupId} has ${count(ipv4)} for IPv4 and ${ipv6} for IPv6: ${byOwner.join(", ")}.`;
}

function outboundRules(target: Target, groupId: string, doing: string): Promise<GroupRules | undefined> {
  return lookUp(target, doing, () => groupRules(target, groupId));
}

/** What a look-up finds; undefined where the rule, or its group, is gone. */
async function lookUp<Found>(
  { region }: Target,
  doing: string,
  find: () => Promise<Found>,
): Promise<Found | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isRuleMissing(error)) return undefined;
    throw explain(error, { action: "DescribeSecurityGroupRules", doing, region });
  }
}
