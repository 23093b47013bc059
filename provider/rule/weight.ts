import type { DestinationKind } from "./destination";
import { type RuleInputs, ruleOf } from "./rule";

/** The address families, of which a group's quota counts each apart. */
export type Family = "IPv4" | "IPv6";

/** How many outbound rules a group may have for each family, where AWS has not raised it (L-0EA8095F). */
export const DEFAULT_QUOTA = 60;

/**
 * What AWS publishes of its own lists: how many rules each counts as. Theirs have no MaxEntries to read, and it is no sum
 * of their entries: s3 counts as one rule, whatever is in it.
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

/** The quotas that a rule counts against: a group or a prefix list may be reached over both families. */
export function familiesOf(kind: DestinationKind): readonly Family[] {
  if (kind === "ipv4") return ["IPv4"];
  return kind === "ipv6" ? ["IPv6"] : ["IPv4", "IPv6"];
}

/** What rules count as, by family. */
export function weightsOf(
  rules: Iterable<{ readonly inputs: RuleInputs; readonly weight: number }>,
): ReadonlyMap<Family, number> {
  const sums = new Map<Family, number>();
  for (const { inputs, weight } of rules) {
    const { destination } = ruleOf(inputs);
    for (const family of destination ? familiesOf(destination.kind) : []) {
      sums.set(family, (sums.get(family) ?? 0) + weight);
    }
  }
  return sums;
}

/** How many rules a prefix list of AWS counts as, by its name; undefined for a list that is not known. */
export function publishedWeight(prefixListName: string): number | undefined {
  const [, list] = /^com\.amazonaws\.[^.]+\.(.+)$/.exec(prefixListName) ?? [];
  return list === undefined || !Object.hasOwn(PUBLISHED, list) ? undefined : PUBLISHED[list];
}

/** Why a prefix list is worth a second thought: it takes more than half of a group's quota, or nobody says how much. */
export function weightText(list: string, weight: number | undefined, quota: number): string | undefined {
  if (weight === undefined) {
    return `nobody says as how many rules the prefix list "${list}" counts: it is taken for one, and whether the group has room for it only EC2 will tell`;
  }
  if (weight <= quota / 2) return undefined;
  return `the prefix list "${list}" counts as ${weight} of the ${quota} rules that a group may have: a second such list, or many more rules, will not fit`;
}

/**
 * What is wrong with a group that has more than its quota, or undefined.
 *
 * @param whose what the sum is of
 */
export function overQuotaText(
  group: string,
  weights: ReadonlyMap<Family, number>,
  quota: number,
  whose = "this program declares",
): string | undefined {
  const over = [...weights].filter(([, weight]) => weight > quota);
  if (over.length === 0) return undefined;
  const sums = over.map(([family, weight]) => `${weight} for ${family}`).join(" and ");
  return `${group} would have more outbound rules than fit: ${whose} ${sums}, a prefix list counting as its entries, and the quota is ${quota}. Merge CIDRs, or raise the quota L-0EA8095F and set aws-egress:rulesPerGroup`;
}
