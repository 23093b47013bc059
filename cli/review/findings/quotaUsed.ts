import type { Usage } from "../quota";
import type { Facts } from "./facts";
import type { Found, Kind } from "./finding";
import { together } from "./finding";

/** Above this share of the quota, the next few rules may not fit. */
const NEAR = 0.8;

export const quotaUsed: Kind = {
  id: "quota",
  severity: "low",
  why: "EC2 rejects rules over the quota in the middle of an update: merge CIDRs, or raise the quota L-0EA8095F first.",
  find: (facts) => [...foundOf(facts, "IPv4", facts.quota.ipv4), ...foundOf(facts, "IPv6", facts.quota.ipv6)],
};

function foundOf({ places, quota }: Facts, name: string, { before, after, allowed }: Usage): Found[] {
  if (after <= before || after < allowed * NEAR) return [];
  const least = quota.isAtLeast ? "at least " : "";
  const lists = quota.isAtLeast
    ? " (counting each prefix list, which uses as many rules as it has entries, as one)"
    : "";
  return [
    {
      message: `${least}${after} of ${allowed} ${name} rules are used${lists}, ${before} before the change.`,
      because: together(places.flatMap(({ added }) => added.map(({ rule }) => rule.because))),
      ...(after > allowed && { severity: "high" }),
    },
  ];
}
