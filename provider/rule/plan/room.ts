import { type Family, familiesOf } from "../quota";
import { ruleOf } from "../rule";
import type { PresentRule, WantedRule } from "./planStep";

/** How many rules a group may have, and how many of them belong to others. */
export interface Room {
  readonly quota: number;
  readonly others: ReadonlyMap<Family, number>;
}

/** A rule before and after. */
export interface Pair {
  readonly before: PresentRule;
  readonly after: WantedRule;
}

/** How to add rules without room for them beside the leaving ones. */
export interface RoomMade {
  /**
   * Rules that become others in one call; EC2 cannot change the kind of a destination, and prefix lists differ in
   * weight.
   */
  readonly become: readonly Pair[];
  /** Rules to revoke before others can be added: as few as possible. */
  readonly goFirst: ReadonlySet<PresentRule>;
}

/** Makes room for the added rules; changes nothing if there is room for all. */
export function makeRoom(
  room: Room,
  present: readonly PresentRule[],
  added: readonly WantedRule[],
  removed: readonly PresentRule[],
): RoomMade {
  const lacking = lack(room, [...present, ...added]);
  const gain = (rule: WantedRule) => gainOf(lacking, rule);
  const take = (rule: WantedRule) => {
    for (const family of families(rule)) lacking.set(family, (lacking.get(family) ?? 0) - rule.weight);
  };

  const become: Pair[] = [];
  const leaving = inStacks(removed);
  for (const after of heaviestFirst(added)) {
    const before = gain(after) > 0 ? leaving.get(likeness(after))?.pop() : undefined;
    if (before === undefined) continue;
    become.push({ before, after });
    take(after);
  }
  const goFirst = new Set<PresentRule>();
  for (let best = takeBest(leaving, gain); best !== undefined; best = takeBest(leaving, gain)) {
    goFirst.add(best);
    take(best);
  }
  return { become, goFirst };
}

/** Heaviest first, so that no rule becomes another needlessly once the others have made room. */
function heaviestFirst(rules: readonly WantedRule[]): WantedRule[] {
  const weightOf = (rule: WantedRule) => families(rule).length * rule.weight;
  return [...rules].sort((one, other) => weightOf(other) - weightOf(one));
}

/** What two rules share if one can become the other; such rules also free the same room. */
function likeness({ inputs, weight }: WantedRule): string {
  return `${ruleOf(inputs).destination?.kind} ${weight}`;
}

function inStacks(rules: readonly PresentRule[]): Map<string, PresentRule[]> {
  const stacks = new Map<string, PresentRule[]>();
  for (const rule of [...rules].reverse()) {
    const stack = stacks.get(likeness(rule));
    if (stack) stack.push(rule);
    else stacks.set(likeness(rule), [rule]);
  }
  return stacks;
}

/** Takes the rule that frees the most of the missing room, if any. */
function takeBest(
  stacks: ReadonlyMap<string, PresentRule[]>,
  gain: (rule: PresentRule) => number,
): PresentRule | undefined {
  let best: { stack: PresentRule[]; gain: number } | undefined;
  for (const stack of stacks.values()) {
    const [rule] = stack;
    const gained = rule === undefined ? 0 : gain(rule);
    if (gained > (best?.gain ?? 0)) best = { stack, gain: gained };
  }
  return best?.stack.pop();
}

/** How many rules exceed the quota, by family. */
function lack({ quota, others }: Room, rules: readonly WantedRule[]): Map<Family, number> {
  const sums = new Map(others);
  for (const rule of rules) {
    for (const family of families(rule)) sums.set(family, (sums.get(family) ?? 0) + rule.weight);
  }
  return new Map([...sums].map(([family, sum]) => [family, sum - quota]));
}

/** How much of the missing room a rule would free. */
function gainOf(lacking: ReadonlyMap<Family, number>, rule: WantedRule): number {
  return families(rule).reduce(
    (sum, family) => sum + Math.max(0, Math.min(rule.weight, lacking.get(family) ?? 0)),
    0,
  );
}

function families({ inputs }: WantedRule): readonly Family[] {
  const { destination } = ruleOf(inputs);
  return destination === undefined ? [] : familiesOf(destination.kind);
}
