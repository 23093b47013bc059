/** A bucket of tokens, of which each call takes one: how many it holds when full, and how many it regains. */
export interface Bucket {
  capacity: number;
  perSecond: number;
}

const change = { capacity: 50, perSecond: 5 };
const tags = { capacity: 100, perSecond: 10 };

/** EC2's own, for each account and Region. */
export const ec2Buckets: Readonly<Record<string, Bucket>> = {
  AuthorizeSecurityGroupEgress: change,
  RevokeSecurityGroupEgress: change,
  ModifySecurityGroupRules: change,
  UpdateSecurityGroupRuleDescriptionsEgress: change,
  DescribeSecurityGroupRules: { capacity: 100, perSecond: 20 },
  CreateTags: tags,
  DeleteTags: tags,
};
