import type { Place } from "../place";
import { type Area, familySpan } from "../reach/area";
import { difference } from "../reach/slab";
import { within } from "../reach/span";
import { profileTexts } from "./families";
import { type Found, type Kind, listed, together } from "./finding";

export const untrackedFlow: Kind = {
  id: "untracked-flow",
  severity: "medium",
  why: "EC2 does not track a flow that 0.0.0.0/0 or ::/0 allows in both directions. Removing such a rule cuts the flow at once, even if other rules still allow it.",
  find: ({ places, change }) => (change.after === undefined ? [] : places.flatMap(foundIn)),
};

/** Compares rules, not reach: two rules for half a family each allow the same traffic, but EC2 tracks it. */
function foundIn({ space, atoms, before, after, removed }: Place): Found[] {
  const family = familySpan(space);
  if (family === undefined || removed.length === 0) return [];
  const toAll = (areas: readonly Area[]) =>
    areas.filter(({ protocol, addresses }) => !isAlwaysTracked(protocol) && within(addresses, family));
  const [slab] = difference(toAll(before), toAll(after), atoms);
  const stops = new Map([...(slab?.profile ?? [])].filter(([atom]) => !isAlwaysTracked(atom)));
  if (stops.size === 0) return [];
  const cidr = space === "ipv4" ? "0.0.0.0/0" : "::/0";
  return [
    {
      message: `${listed(profileTexts(stops, atoms))} to ${cidr} is no longer a rule: EC2 cuts flows at once that an inbound rule for ${cidr} also allows.`,
      because: together(toAll(removed).map(({ rule }) => rule.because)),
    },
  ];
}

/** EC2 always tracks ICMP. */
function isAlwaysTracked(protocol: string): boolean {
  return protocol === "icmp" || protocol === "icmpv6";
}
