import { paginateDescribeSecurityGroupRules, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { Target } from "../target";
import { joined, sameForAll } from "./joined";

interface Wanted {
  readonly id: string;
}

/** The kind of these look-ups: every delete starts with one. */
export const LOOK_UP = "look up";

/** Source: DescribeSecurityGroupRules, MaxResults. */
const MOST_IN_PAGE = 1000;

/**
 * The rule with this id, in any group and direction; undefined if there is none.
 *
 * Uses a filter: for a list of ids, EC2 fails if one is missing, and it does not page.
 */
export function ruleById(target: Target, id: string): Promise<SecurityGroupRule | undefined> {
  return byId(target, {}, { id });
}

const byId = joined<object, Wanted, SecurityGroupRule | undefined>(
  () => ({ kind: LOOK_UP }),
  ({ target, members, take }) =>
    sameForAll(members, async () => {
      const ids = [...new Set(members.map(({ id }) => id))];
      const filter = { Name: "security-group-rule-id", Values: ids };
      const rules = await take(() => describeRules(target, filter));
      const found = new Map(rules.map((rule) => [rule.SecurityGroupRuleId, rule]));
      return ({ id }) => found.get(id);
    }),
);

/** Every rule that matches a filter, from all pages. */
export async function describeRules(
  { client }: Target,
  filter: { readonly Name: string; readonly Values: string[] },
): Promise<SecurityGroupRule[]> {
  const rules: SecurityGroupRule[] = [];
  const pages = paginateDescribeSecurityGroupRules({ client, pageSize: MOST_IN_PAGE }, { Filters: [filter] });
  for await (const { SecurityGroupRules = [] } of pages) rules.push(...SecurityGroupRules);
  return rules;
}
