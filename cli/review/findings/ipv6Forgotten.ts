import { profileWithout, sharedProfile } from "../reach/whole";
import { openedTo } from "./anywhere";
import type { Facts } from "./facts";
import { type FamilyReach, familiesIn, profileTexts } from "./families";
import { type Found, type Kind, listed, together } from "./finding";

export const ipv6Forgotten: Kind = {
  id: "ipv6-forgotten",
  severity: "info",
  why: "Dual-stack hosts try IPv6 first: a change for IPv4 alone is only half a change for them.",
  find(facts) {
    const [ipv4, ipv6] = familiesIn(facts);
    return ipv4 === undefined || ipv6 === undefined
      ? []
      : [...leftOpen(facts, ipv4, ipv6), ...leftShut(facts, ipv4, ipv6)];
  },
};

/** More severe than the opposite, because the change was meant to close the traffic. */
function leftOpen(facts: Facts, ipv4: FamilyReach, ipv6: FamilyReach): Found[] {
  const open = sharedProfile(sharedProfile(ipv4.closes, ipv6.before), ipv6.after);
  if (open.size === 0) return [];
  const closing = facts.closes.filter(({ space }) => space === "ipv4");
  const message = `${listed(profileTexts(open, ipv4.atoms))} closes to every IPv4 address, but stays open to every IPv6 address.`;
  return [{ message, severity: "medium", because: together(...closing.map(({ because }) => because)) }];
}

/** Only for a group that uses IPv6 at all. */
function leftShut(facts: Facts, ipv4: FamilyReach, ipv6: FamilyReach): Found[] {
  const shut = profileWithout(ipv4.opens, ipv6.after);
  const usesIpv6 = facts.after.areas.some(({ space }) => space === "ipv6");
  if (shut.size === 0 || !usesIpv6) return [];
  const message = `${listed(profileTexts(shut, ipv4.atoms))} opens to every IPv4 address, but to no IPv6 address, although the group has IPv6 rules.`;
  return [{ message, because: openedTo(facts, ["IPv4"]) }];
}
