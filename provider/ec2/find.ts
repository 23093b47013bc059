import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import { type GroupRules, groupRules } from "./joint/groupRules";
import { ruleById } from "./joint/ruleById";
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

/** How many outbound rules a group has, by family, as its quota counts them. */
export async function countRules(target: Target, groupId: string): Promise<{ ipv4: number; ipv6: number }> {
  const rules = await outboundRules(target, groupId, `counting the rules of ${groupId}`);
  return rules?.used ?? { ipv4: 0, ipv6: 0 };
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
