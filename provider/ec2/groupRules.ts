import { paginateDescribeSecurityGroupRules, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { explain } from "./errors";
import { type FoundRule, foundRule } from "./foundRule";
import type { Target } from "./target";

/** All outbound rules of a group; none where the group is gone. Throws where one of them cannot be read. */
export async function findGroupRules(
  { client, region }: Target,
  groupId: string,
): Promise<readonly FoundRule[]> {
  const found: SecurityGroupRule[] = [];
  const request = { Filters: [{ Name: "group-id", Values: [groupId] }], MaxResults: MOST_IN_PAGE };
  try {
    for await (const page of paginateDescribeSecurityGroupRules({ client }, request)) {
      found.push(...(page.SecurityGroupRules ?? []));
    }
  } catch (error) {
    const doing = `reading the rules of ${groupId}`;
    throw explain(error, { action: "DescribeSecurityGroupRules", doing, region });
  }
  return found.filter(({ IsEgress }) => IsEgress).map((rule) => foundRule(rule, region));
}

/** Source: DescribeSecurityGroupRules, MaxResults. */
const MOST_IN_PAGE = 1000;
