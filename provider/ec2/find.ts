import { identityOf } from "../rule/identity";
import { type RuleInputs, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, readRule, type UnreadableRule } from "./foundRule";
import { type GroupRules, groupRules } from "./joint/groupRules";
import { ruleById } from "./joint/ruleById";
import type { Target } from "./target";

/** The rule with this id; undefined if it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const rule = await findHeld(target, ruleId);
  if (rule && "error" in rule) throw rule.error;
  return rule;
}

/** The same; if the rule is unreadable, at least what identifies its owner. */
export async function findHeld(
  target: Target,
  ruleId: string,
): Promise<FoundRule | UnreadableRule | undefined> {
  const rule = await lookUp(target, `reading rule ${ruleId}`, () => ruleById(target, ruleId));
  return rule && readRule(rule, target);
}

/** The outbound rule with the same identity, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const doing = `looking up ${ruleTextOnGroup(inputs)}`;
  const found = await lookUp(target, doing, () => groupRules(target, inputs.securityGroupId));
  return found?.byIdentity.get(identityOf({ inputs }));
}

/** All outbound rules of a group; none if the group is gone. Throws if one of them is unreadable. */
export async function findGroupRules(target: Target, groupId: string): Promise<readonly FoundRule[]> {
  const { rules, unreadable } = await findHeldRules(target, groupId);
  const [one] = unreadable;
  if (one) throw one.error;
  return rules;
}

/** The same; for unreadable rules, at least what identifies their owners. */
export async function findHeldRules(
  target: Target,
  groupId: string,
): Promise<Pick<GroupRules, "rules" | "unreadable">> {
  const found = await lookUp(target, `reading the rules of ${groupId}`, () => groupRules(target, groupId));
  return found ?? { rules: [], unreadable: [] };
}

/** The result of a look-up; undefined if the rule or its group is gone. */
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
