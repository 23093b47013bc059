import { DEFAULT_QUOTA, familiesOf } from "../../provider/rule/quota";
import type { Content } from "./content";
import { saying } from "./place";

/** How many of its rules a group uses, for each address family. */
export interface Quota {
  readonly ipv4: Usage;
  readonly ipv6: Usage;
  /** Whether the count includes prefix lists. EC2 counts their entries, but they are unknown here and count as one. */
  readonly isAtLeast: boolean;
}

export interface Usage {
  readonly before: number;
  readonly after: number;
  readonly allowed: number;
}

export function quotaOf(before: Content, after: Content, allowed = DEFAULT_QUOTA): Quota {
  const [was, is] = [countOf(before), countOf(after)];
  return {
    ipv4: { before: was.IPv4, after: is.IPv4, allowed },
    ipv6: { before: was.IPv6, after: is.IPv6, allowed },
    isAtLeast: is.isAtLeast || after.unknown.length > 0,
  };
}

function countOf({ areas }: Content) {
  const count = { IPv4: 0, IPv6: 0, isAtLeast: false };
  const seen = new Set<string>();
  for (const area of areas) {
    const rule = `${area.space} ${saying(area)}`;
    if (seen.has(rule)) continue;
    seen.add(rule);
    const { kind } = area.rule.traffic.destination;
    for (const family of familiesOf(kind)) count[family] += 1;
    if (kind === "prefixList") count.isAtLeast = true;
  }
  return count;
}
