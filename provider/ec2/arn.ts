import type { Account } from "./client/account";

/** The partitions other than `aws`, by the prefix of their Regions' names. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** The ARN of a rule, for endpoints that do not return one. */
export function ruleArn(region: string, account: string, ruleId: string): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${account}:security-group-rule/${ruleId}`;
}

/** The partition of a Region. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/** The account in an ARN; undefined if it has none. */
export function accountIn(arn: string): Account | undefined {
  const [, partition, id] = /^arn:([^:]+):[^:]*:[^:]*:(\d{12}):/.exec(arn) ?? [];
  return partition !== undefined && id !== undefined ? { partition, id } : undefined;
}
