import type { GroupChange, UnknownRule } from "../program/model";
import { contentOf } from "./content";
import { type Finding, findingsOf } from "./findings";
import type { Facts } from "./findings/facts";
import { type Piece, piecesOf } from "./piece";
import { type Place, placesOf } from "./place";
import { type Quota, quotaOf } from "./quota";
import { difference } from "./reach/slab";
import { type Verdict, verdictOf } from "./verdict";

export interface GroupReview {
  readonly group: string;
  readonly urn?: string;
  readonly verdict: Verdict;
  readonly opens: readonly Piece[];
  readonly closes: readonly Piece[];
  /** False if an unknown rule may still allow what closes. */
  readonly isCloseSure: boolean;
  /** The declared rules that are unknown, which is why the verdict may be incomplete. */
  readonly unknown: readonly UnknownRule[];
  readonly findings: readonly Finding[];
  readonly quota: Quota;
  /** Whether the change affects any rule of the group. */
  readonly isTouched: boolean;
}

export function reviewGroup(change: GroupChange, allowed?: number): GroupReview {
  const { group, urn } = change;
  const before = contentOf(change.before);
  const after = change.after === change.before ? before : contentOf(change.after, before);
  const unknown = {
    before: without(before.unknown, after.unknown),
    after: without(after.unknown, before.unknown),
  };
  const isUnheardOf = change.before === undefined && change.after === undefined;

  const places = before === after ? [] : placesOf(before.areas, after.areas);
  const opens = places.flatMap(opensOf);
  const closes = places.flatMap(closesOf);
  const quota = quotaOf(before, after, allowed);
  const isCloseSure = unknown.after.length === 0 && !isUnheardOf;
  const either = [
    ...unknown.after,
    ...unknown.before.filter((rule) => !unknown.after.some((one) => isSame(one, rule))),
  ];
  const facts: Facts = { change, before, after, places, opens, closes, isCloseSure, unknown: either, quota };
  return {
    group,
    ...(urn !== undefined && { urn }),
    verdict: verdictOf({
      opens: opens.length > 0,
      closes: closes.length > 0,
      unknownBefore: unknown.before.length > 0 || isUnheardOf,
      unknownAfter: unknown.after.length > 0 || isUnheardOf,
    }),
    opens,
    closes,
    isCloseSure,
    unknown: either,
    findings: findingsOf(facts),
    quota,
    isTouched: before.touch !== after.touch,
  };
}

function opensOf({ space, atoms, before, added }: Place): Piece[] {
  return added.length === 0 ? [] : piecesOf(space, difference(added, before, atoms), atoms, added);
}

function closesOf({ space, atoms, after, removed }: Place): Piece[] {
  return removed.length === 0 ? [] : piecesOf(space, difference(removed, after, atoms), atoms, removed);
}

/** Compares objects, because two unknown rules of the same resource may look alike and still differ. */
function without(rules: readonly UnknownRule[], others: readonly UnknownRule[]): UnknownRule[] {
  const known = new Set(others);
  return rules.filter((rule) => !known.has(rule));
}

function isSame(one: UnknownRule, other: UnknownRule): boolean {
  return one.because.urn === other.because.urn && one.what === other.what;
}
