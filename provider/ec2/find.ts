import { paginateDescribeSecurityGroupRules, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf, ruleTextOnGroup } from "../rule/rule";
import { explain, isRuleMissing } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import type { Target } from "./target";

/** The rule with this id, or undefined where it is gone. */
export async function findById(target: Target, ruleId: string): Promise<FoundRule | undefined> {
  const [rule] = await describeRules(target, { SecurityGroupRuleIds: [ruleId] }, `reading rule ${ruleId}`);
  return rule && foundRule(rule, target.region);
}

/** The outbound rule that is the same as this one, whatever its description and tags. */
export async function findByIdentity(target: Target, inputs: RuleInputs): Promise<FoundRule | undefined> {
  const wanted = identity(ruleOf(inputs));
  const rules = await outboundRules(target, inputs.securityGroupId, `looking up ${ruleTextOnGroup(inputs)}`);
  for (const rule of rules) {
    const found = readable(rule, target.region);
    if (found && identity(ruleOf(found.inputs)) === wanted) return found;
  }
  return undefined;
}

/** How many outbound rules a group has, by family, as its quota counts them: other rules count in both. */
export async function countRules(target: Target, groupId: string): Promise<{ ipv4: number; ipv6: number }> {
  const rules = await outboundRules(target, groupId, `counting the rules of ${groupId}`);
  return {
    ipv4: rules.filter(({ CidrIpv6 }) => !CidrIpv6).length,
    ipv6: rules.filter(({ CidrIpv4 }) => !CidrIpv4).length,
  };
}

async function outboundRules(target: Target, groupId: string, doing: string): Promise<SecurityGroupRule[]> {
  const ofGroup = { Filters: [{ Name: "group-id", Values: [groupId] }] };
  return (await describeRules(target, ofGroup, doing)).filter(({ IsEgress }) => IsEgress);
}

/** A rule that cannot be read is not the one that is looked for, and no reason not to find that one. */
function readable(rule: SecurityGroupRule, region: string): FoundRule | undefined {
  try {
    return foundRule(rule, region);
  } catch {
    return undefined;
  }
}

async function describeRules(
  { client, region }: Target,
  request: { SecurityGroupRuleIds: string[] } | { Filters: { Name: string; Values: string[] }[] },
  doing: string,
): Promise<SecurityGroupRule[]> {
  const found: SecurityGroupRule[] = [];
  try {
    for await (const page of paginateDescribeSecurityGroupRules({ client }, request)) {
      found.push(...(page.SecurityGroupRules ?? []));
    }
  } catch (error) {
    if (isRuleMissing(error)) return [];
    throw explain(error, { action: "DescribeSecurityGroupRules", doing, region });
  }
  return found;
}
