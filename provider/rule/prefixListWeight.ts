/** How many rules an AWS-managed prefix list counts as, by its name; undefined for an unknown list. */
export function publishedWeight(prefixListName: string): number | undefined {
  const [, list] = /^com\.amazonaws\.[^.]+\.(.+)$/.exec(prefixListName) ?? [];
  return list === undefined || !Object.hasOwn(PUBLISHED, list) ? undefined : PUBLISHED[list];
}

/**
 * The weights that AWS publishes for its own lists. These lists have no MaxEntries to read, and the weight is not the
 * number of entries: s3 counts as one rule, whatever it contains.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const PUBLISHED: { readonly [list: string]: number } = {
  "cloudfront.origin-facing": 55,
  "ipv6.cloudfront.origin-facing": 55,
  dynamodb: 1,
  "ec2-instance-connect": 2,
  "ipv6.ec2-instance-connect": 2,
  groundstation: 5,
  "route53-healthchecks": 25,
  "ipv6.route53-healthchecks": 25,
  s3: 1,
  s3express: 6,
  "vpc-lattice": 10,
  "ipv6.vpc-lattice": 10,
};

/** Why to reconsider a prefix list: it uses more than half of a group's quota, or its weight is unknown. */
export function weightText(list: string, weight: number | undefined, quota: number): string | undefined {
  if (weight === undefined) {
    return `the prefix list "${list}" has an unknown weight: it is counted as one rule, and only EC2 can tell whether the group has room for it`;
  }
  if (weight <= quota / 2) return undefined;
  return `the prefix list "${list}" counts as ${weight} of the ${quota} rules that a group can have: a second such list, or many more rules, will not fit`;
}
