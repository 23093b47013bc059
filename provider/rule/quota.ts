import type { DestinationKind } from "./destination";
import { type RuleInputs, ruleOf } from "./rule";

/** AWS's default quota of outbound rules for each family in a group (L-0EA8095F). */
export const DEFAULT_QUOTA = 60;

/**
 * The failure if a group exceeds its quota; undefined otherwise.
 *
 * @param whose whose rules the sum includes
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
  return `${group} would exceed its quota of ${quota} outbound rules: ${whose} ${sums} (a prefix list counts as its entries). Merge CIDRs, or raise the quota L-0EA8095F and set aws-egress:rulesPerGroup`;
}

/** The address families; a group's quota counts each separately. */
export type Family = "IPv4" | "IPv6";

/** The quotas that a rule counts against: a group or a prefix list counts for both families. */
export function familiesOf(kind: DestinationKind): readonly Family[] {
  if (kind === "ipv4") return ["IPv4"];
  return kind === "ipv6" ? ["IPv6"] : ["IPv4", "IPv6"];
}

/** The weight of rules, by family. */
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
