import { ALL_PROTOCOLS } from "../../../provider/rule/protocol";
import { ruleText } from "../../../provider/rule/rule";
import type { Place } from "../place";
import type { Area } from "../reach/area";
import { meeting } from "../reach/meeting";
import { within } from "../reach/span";
import type { Found, Kind } from "./finding";
import { together } from "./finding";

export const redundantRule: Kind = {
  id: "redundant-rule",
  severity: "low",
  why: "A redundant rule allows no additional traffic: it uses quota, and removing it closes nothing.",
  find: ({ places }) => places.flatMap(redundantIn),
};

/** Only redundancy that this change causes: at least one of the two rules is new. */
function redundantIn({ after, added }: Place): Found[] {
  if (added.length === 0) return [];
  const isAdded = new Set(added);
  const areasAt = meeting(after);
  const suspects = new Set([...added, ...added.flatMap((area) => areasAt(area.addresses))]);
  return [...suspects].flatMap((inner) => {
    const outer = areasAt(inner.addresses).find(
      (area) => area !== inner && (isAdded.has(area) || isAdded.has(inner)) && covers(area, inner),
    );
    return outer === undefined ? [] : [foundOf(inner, outer)];
  });
}

/** If two rules allow the same, only the one whose resource has the later URN counts as redundant. */
function covers(outer: Area, inner: Area): boolean {
  if (!isWithin(outer, inner)) return false;
  return !isWithin(inner, outer) || outer.rule.because.urn < inner.rule.because.urn;
}

function isWithin(outer: Area, inner: Area): boolean {
  return (
    (outer.protocol === ALL_PROTOCOLS || outer.protocol === inner.protocol) &&
    within(outer.numbers, inner.numbers) &&
    within(outer.addresses, inner.addresses)
  );
}

function foundOf(inner: Area, outer: Area): Found {
  const text = ({ rule }: Area) => ruleText({ securityGroupId: "", ...rule.traffic });
  return {
    message: `${text(inner)} of "${inner.rule.because.resource}" is redundant: already covered by ${text(outer)} of "${outer.rule.because.resource}".`,
    because: together([inner.rule.because], [outer.rule.because]),
  };
}
