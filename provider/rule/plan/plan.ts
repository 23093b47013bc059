import { tagsChangeOf } from "../change";
import type { Tags } from "../tags";
import { match, type Pair, tagsKey } from "./match";
import type { PlanStep, PresentRule, RuleUpdate, WantedRule } from "./planStep";
import { mustGoFirst, type Room } from "./room";

/**
 * How many rules one request may carry.
 *
 * EC2 documents no limit of its own but that of CreateTags, 1,000 resources; a group has at most 1,000 rules, and
 * this keeps a request well below the size of 64 KB that many a proxy takes.
 */
export const MOST_IN_REQUEST = 200;

/**
 * The fewest requests that bring the rules of a group from what is present to what is wanted, in their order.
 *
 * What is present are the rules that may be changed: those of others are in `room` only. Rules come before others go,
 * so that what was allowed before and is allowed after is allowed all the time; only where the quota has no room for
 * both do some go first, as few as will do. Of wanted rules, no two may be the same.
 */
export function plan(
  wanted: readonly WantedRule[],
  present: readonly PresentRule[],
  room: Room,
): readonly PlanStep[] {
  // In one request: between two, what one rule stops to allow might wait for what another is to allow.
  const { kept, changed, added, removed } = match(wanted, present, MOST_IN_REQUEST);
  const first = mustGoFirst(room, present, added, removed);
  const last = removed.filter((rule) => !first.has(rule));
  return [
    ...revoke([...first], true),
    ...authorize(added),
    ...updates("modify", changed),
    ...updates("describe", kept.filter(isRedescribed)),
    ...setTags(kept),
    ...removeTags(kept),
    ...revoke(last, false),
  ];
}

function authorize(added: readonly WantedRule[]): PlanStep[] {
  return groupBy(added, ({ tags }) => tagsKey(tags)).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map((rules): PlanStep => ({ action: "authorize", rules, tags: one.tags })),
  );
}

function updates(action: "modify" | "describe", pairs: readonly Pair[]): PlanStep[] {
  const updates = pairs.map(({ before, after }): RuleUpdate => ({ id: before.id, inputs: after.inputs }));
  return inParts(updates).map((part) => ({ action, updates: part }));
}

function isRedescribed({ before, after }: Pair): boolean {
  return before.inputs.description !== after.inputs.description;
}

function setTags(kept: readonly Pair[]): PlanStep[] {
  const changes = kept.map((pair) => ({ id: pair.before.id, tags: tagsChange(pair).set }));
  const needed = changes.filter(({ tags }) => Object.keys(tags).length > 0);
  return groupBy(needed, ({ tags }) => tagsKey(tags)).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map(
      (part): PlanStep => ({ action: "setTags", ids: part.map(({ id }) => id), tags: one.tags }),
    ),
  );
}

function removeTags(kept: readonly Pair[]): PlanStep[] {
  const changes = kept.map((pair) => ({ id: pair.before.id, keys: tagsChange(pair).remove }));
  const needed = changes.filter(({ keys }) => keys.length > 0);
  return groupBy(needed, ({ keys }) => JSON.stringify([...keys].sort())).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map(
      (part): PlanStep => ({ action: "removeTags", ids: part.map(({ id }) => id), keys: one.keys }),
    ),
  );
}

function tagsChange({ before, after }: Pair): { readonly set: Tags; readonly remove: readonly string[] } {
  return tagsChangeOf(before.tags, after.tags);
}

function revoke(rules: readonly PresentRule[], early: boolean): PlanStep[] {
  return inParts(rules.map(({ id }) => id)).map((ids) => ({ action: "revoke", ids, early }));
}

type AtLeastOne<T> = readonly [T, ...T[]];

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): AtLeastOne<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** What is too much for one request, in parts that are not. */
export function inParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += MOST_IN_REQUEST) {
    parts.push(items.slice(start, start + MOST_IN_REQUEST));
  }
  return parts;
}
