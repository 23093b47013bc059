import { type Family, familiesOf } from "../quota";
import { ruleOf } from "../rule";
import type { PresentRule, WantedRule } from "./planStep";

/** How many rules a group may have, and how many of them are none of ours to count on. */
export interface Room {
  readonly quota: number;
  readonly others: ReadonlyMap<Family, number>;
}

/** A rule before and after. */
export interface Pair {
  readonly before: PresentRule;
  readonly after: WantedRule;
}

/** How rules come where there is no room for them beside those that leave. */
export interface RoomMade {
  /** Rules that become others at one stroke: EC2 cannot change the kind of a destination, nor do lists weigh the same. */
  readonly become: readonly Pair[];
  /** Rules that have to go before others can come: as few as will do. */
  readonly goFirst: ReadonlySet<PresentRule>;
}

/** Makes room for what is added; nothing becomes another rule, or goes first, where there is room for all. */
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

/** So that none becomes another for whom there is room once the others have. */
function heaviestFirst(rules: readonly WantedRule[]): WantedRule[] {
  const weightOf = (rule: WantedRule) => families(rule).length * rule.weight;
  return [...rules].sort((one, other) => weightOf(other) - weightOf(one));
}

/** What two rules have in common of which one can become the other, and which gain as much by going. */
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

/** Takes from the stacks a rule that makes good the most of what is lacking, if any does. */
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

/** How many rules too many there would be, by family. */
function lack({ quota, others }: Room, rules: readonly WantedRule[]): Map<Family, number> {
  const sums = new Map(others);
  for (const rule of rules) {
    for (const family of families(rule)) sums.set(family, (sums.get(family) ?? 0) + rule.weight);
  }
  return new Map([...sums].map(([family, sum]) => [family, sum - quota]));
}

/** How much of what is lacking a rule would make good. */
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
