import { paginateDescribeSecurityGroupRules, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import type { Target } from "./target";

/** The rule with this id, or undefined where it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const [rule] = await describeRules(target, { SecurityGroupRuleIds: [ruleId] }, `reading rule ${ruleId}`);
  return rule;
}

/** The outbound rule that is the same as this one, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const wanted = identity(ruleOf(inputs));
  const filter = { Filters: [{ Name: "group-id", Values: [inputs.securityGroupId] }] };
  const rules = await describeRules(target, filter, `looking up ${ruleTextOnGroup(inputs)}`, isOutbound);
  return rules.find((rule) => identity(ruleOf(rule.inputs)) === wanted);
}

const isOutbound = (rule: SecurityGroupRule) => rule.IsEgress === true;

async function describeRules(
  { client, region }: Target,
  request: { SecurityGroupRuleIds: string[] } | { Filters: { Name: string; Values: string[] }[] },
  doing: string,
  wanted: (rule: SecurityGroupRule) => boolean = () => true,
): Promise<FoundRule[]> {
  const found: FoundRule[] = [];
  try {
    for await (const page of paginateDescribeSecurityGroupRules({ client }, request)) {
      for (const rule of page.SecurityGroupRules?.filter(wanted) ?? []) found.push(foundRule(rule, region));
    }
  } catch (error) {
    if (isRuleMissing(error)) return [];
    throw explain(error, { action: "DescribeSecurityGroupRules", doing, region });
  }
  return found;
}
