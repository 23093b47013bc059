/** The partitions whose Regions do not lie in `aws`, by how the names of their Regions begin. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** The ARN of a rule, for endpoints that do not answer with one. */
export function ruleArn(region: string, account: string, ruleId: string): string {
  const partition = PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
  return `arn:${partition}:ec2:${region}:${account}:security-group-rule/${ruleId}`;
}
