import { identityOf } from "../rule/identity";
import { type RuleInputs, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import { groupRules } from "./joint/groupRules";
import { ruleById } from "./joint/ruleById";
import type { Target } from "./target";

/** The rule with this id, or undefined where it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const rule = await lookUp(target, `reading rule ${ruleId}`, () => ruleById(target, ruleId));
  return rule && foundRule(rule, target);
}

/** The outbound rule that is the same as this one, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const doing = `looking up ${ruleTextOnGroup(inputs)}`;
  const found = await lookUp(target, doing, () => groupRules(target, inputs.securityGroupId));
  return found?.byIdentity.get(identityOf({ inputs }));
}

/** All outbound rules of a group; none where the group is gone. Throws where one of them cannot be read. */
export async function findGroupRules(target: Target, groupId: string): Promise<readonly FoundRule[]> {
  const found = await lookUp(target, `reading the rules of ${groupId}`, () => groupRules(target, groupId));
  const [unreadable] = found?.unreadable ?? [];
  if (unreadable) throw unreadable;
  return found?.rules ?? [];
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
