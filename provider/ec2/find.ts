import { identityOf } from "../rule/identity";
import { type RuleInputs, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, readRule, type UnreadableRule } from "./foundRule";
import { type GroupRules, groupRules } from "./joint/groupRules";
import { ruleById } from "./joint/ruleById";
import type { Target } from "./target";

/** The rule with this id, or undefined where it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const rule = await findHeld(target, ruleId);
  if (rule && "error" in rule) throw rule.error;
  return rule;
}

/** The same, or what tells whose it is where the rest of it cannot be read. */
export async function findHeld(
  target: Target,
  ruleId: string,
): Promise<FoundRule | UnreadableRule | undefined> {
  const rule = await lookUp(target, `reading rule ${ruleId}`, () => ruleById(target, ruleId));
  return rule && readRule(rule, target);
}

/** The outbound rule that is the same as this one, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const doing = `looking up ${ruleTextOnGroup(inputs)}`;
  const found = await lookUp(target, doing, () => groupRules(target, inputs.securityGroupId));
  return found?.byIdentity.get(identityOf({ inputs }));
}

/** All outbound rules of a group; none where the group is gone. Throws where one of them cannot be read. */
export async function findGroupRules(target: Target, groupId: string): Promise<readonly FoundRule[]> {
  const { rules, unreadable } = await findHeldRules(target, groupId);
  const [one] = unreadable;
  if (one) throw one.error;
  return rules;
}

/** The same, with what tells whose those are that cannot be read. */
export async function findHeldRules(
  target: Target,
  groupId: string,
): Promise<Pick<GroupRules, "rules" | "unreadable">> {
  const found = await lookUp(target, `reading the rules of ${groupId}`, () => groupRules(target, groupId));
  return found ?? { rules: [], unreadable: [] };
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
