import { tagsChangeOf } from "../change";
import { identityOf } from "../identity";
import type { Tags } from "../tags";
import { inParts } from "./parts";
import type { ChangeStep, PlanStep, PresentRule, RuleUpdate, WantedRule } from "./planStep";
import { makeRoom, type Pair, type Room } from "./room";

/** Unlimited room, for when the quota does not matter or is unknown. */
const ROOM_FOR_ALL: Room = { quota: Number.POSITIVE_INFINITY, others: new Map() };

/**
 * Plans the fewest requests, in order, that turn the present rules of a group into the wanted ones.
 *
 * `present` holds the rules that may change; the rules of others count only in `room`. The plan adds rules before it
 * revokes others, so that traffic allowed both before and after stays allowed throughout. Only if the quota has no room
 * for both does it turn one rule into another, and only if that is impossible does it revoke some first, as few as
 * possible. No two wanted rules may be the same.
 */
export function plan(
  wanted: readonly WantedRule[],
  present: readonly PresentRule[],
  room: Room = ROOM_FOR_ALL,
): readonly PlanStep[] {
  const { kept, added, removed } = compare(wanted, present);
  const { become, goFirst } = makeRoom(room, present, added, removed);
  const becoming = new Set<WantedRule>(become.flatMap(({ before, after }) => [before, after]));
  const isLeft = (rule: WantedRule) => !becoming.has(rule);
  const staying = [...kept, ...become];
  return [
    ...revoke([...goFirst], true),
    ...authorize(added.filter(isLeft)),
    ...modify([...become, ...kept.filter(isRedescribed)]),
    ...setTags(staying),
    ...removeTags(staying),
    ...revoke(
      removed.filter((rule) => isLeft(rule) && !goFirst.has(rule)),
      false,
    ),
  ];
}

/** The steps that change existing rules, except their identity. */
export function changesOf(wanted: WantedRule, present: PresentRule): readonly ChangeStep[] {
  const pairs = [{ before: present, after: wanted }];
  return [...modify(pairs.filter(isRedescribed)), ...setTags(pairs), ...removeTags(pairs)];
}

/** Matches the rules that stay, by identity. */
function compare(wanted: readonly WantedRule[], present: readonly PresentRule[]) {
  const before = new Map(present.map((rule) => [identityOf(rule), rule]));
  const kept: Pair[] = [];
  const added: WantedRule[] = [];
  for (const after of wanted) {
    const same = before.get(identityOf(after));
    if (same === undefined) added.push(after);
    else kept.push({ before: same, after });
  }
  const staying = new Set(kept.map((pair) => pair.before));
  return { kept, added, removed: present.filter((rule) => !staying.has(rule)) };
}

function authorize(added: readonly WantedRule[]): PlanStep[] {
  return groupBy(added, ({ tags }) => tagsKey(tags)).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map((rules): PlanStep => ({ action: "authorize", rules, tags: one.tags })),
  );
}

function modify(pairs: readonly Pair[]): ChangeStep[] {
  const updates = pairs.map(({ before, after }): RuleUpdate => ({ id: before.id, inputs: after.inputs }));
  return inParts(updates).map((part) => ({ action: "modify", updates: part }));
}

function isRedescribed({ before, after }: Pair): boolean {
  return before.inputs.description !== after.inputs.description;
}

function setTags(kept: readonly Pair[]): ChangeStep[] {
  const changes = kept.map((pair) => ({ id: pair.before.id, tags: tagsChange(pair).set }));
  const needed = changes.filter(({ tags }) => Object.keys(tags).length > 0);
  return groupBy(needed, ({ tags }) => tagsKey(tags)).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map(
      (part): ChangeStep => ({ action: "setTags", ids: part.map(({ id }) => id), tags: one.tags }),
    ),
  );
}

function removeTags(kept: readonly Pair[]): ChangeStep[] {
  const changes = kept.map((pair) => ({ id: pair.before.id, keys: tagsChange(pair).remove }));
  const needed = changes.filter(({ keys }) => keys.length > 0);
  return groupBy(needed, ({ keys }) => JSON.stringify([...keys].sort())).flatMap(([one, ...others]) =>
    inParts([one, ...others]).map(
      (part): ChangeStep => ({ action: "removeTags", ids: part.map(({ id }) => id), keys: one.keys }),
    ),
  );
}

function tagsChange({ before, after }: Pair): { readonly set: Tags; readonly remove: readonly string[] } {
  return tagsChangeOf(before.tags, after.tags);
}

function revoke(rules: readonly PresentRule[], early: boolean): ChangeStep[] {
  return inParts(rules.map(({ id }) => id)).map((ids) => ({ action: "revoke", ids, early }));
}

/** The same text for the same tags in any order. */
function tagsKey(tags: Tags): string {
  return JSON.stringify(Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1)));
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
