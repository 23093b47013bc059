import type { Usage } from "../quota";
import type { Facts } from "./facts";
import type { Found, Kind } from "./finding";
import { together } from "./finding";

/** From here on the next few rules may not fit. */
const NEAR = 0.8;

export const quotaUsed: Kind = {
  id: "quota",
  severity: "low",
  why: "EC2 refuses the rule that is one too many in the middle of an update: merge CIDRs, or raise the quota L-0EA8095F first.",
  find: (facts) => [...foundOf(facts, "IPv4", facts.quota.ipv4), ...foundOf(facts, "IPv6", facts.quota.ipv6)],
};

function foundOf({ places, quota }: Facts, name: string, { before, after, allowed }: Usage): Found[] {
  if (after <= before || after < allowed * NEAR) return [];
  const least = quota.isAtLeast ? "at least " : "";
  const lists = quota.isAtLeast ? " (a prefix list counts as its entries, and here as one)" : "";
  return [
    {
      message: `${least}${after} of ${allowed} rules for ${name} are used${lists}; before it were ${before}.`,
      because: together(places.flatMap(({ added }) => added.map(({ rule }) => rule.because))),
      ...(after > allowed && { severity: "high" }),
    },
  ];
}
