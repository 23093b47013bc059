import { ruleOf } from "../rule";
import { type Family, familiesOf } from "../weight";
import type { PresentRule, WantedRule } from "./planStep";

/** How many rules a group may have, and how many of them are none of ours to count on. */
export interface Room {
  readonly quota: number;
  readonly others: ReadonlyMap<Family, number>;
}

/** Which rules have to go before others can come: as few as will do, and none where there is room for all. */
export function mustGoFirst(
  room: Room,
  present: readonly PresentRule[],
  added: readonly WantedRule[],
  removed: readonly PresentRule[],
): ReadonlySet<PresentRule> {
  const lacking = lack(room, [...present, ...added]);
  const first = new Set<PresentRule>();
  if (![...lacking.values()].some((count) => count > 0)) return first;
  const alike = byGain(removed);
  for (;;) {
    const best = bestOf(lacking, alike);
    const rule = best?.pop();
    if (rule === undefined) return first;
    first.add(rule);
    for (const family of families(rule)) lacking.set(family, (lacking.get(family) ?? 0) - rule.weight);
  }
}

/** The rules in stacks, of which each gains the same for any of its rules. */
function byGain(rules: readonly PresentRule[]): PresentRule[][] {
  const stacks = new Map<string, PresentRule[]>();
  for (const rule of [...rules].reverse()) {
    const key = JSON.stringify([families(rule), rule.weight]);
    const stack = stacks.get(key);
    if (stack) stack.push(rule);
    else stacks.set(key, [rule]);
  }
  return [...stacks.values()];
}

/** The stack of which one rule makes good the most of what is lacking, if any does. */
function bestOf(
  lacking: ReadonlyMap<Family, number>,
  stacks: readonly PresentRule[][],
): PresentRule[] | undefined {
  let best: { stack: PresentRule[]; gain: number } | undefined;
  for (const stack of stacks) {
    const [rule] = stack;
    const gained = rule === undefined ? 0 : gain(lacking, rule);
    if (gained > (best?.gain ?? 0)) best = { stack, gain: gained };
  }
  return best?.stack;
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
function gain(lacking: ReadonlyMap<Family, number>, rule: PresentRule): number {
  return families(rule).reduce(
    (sum, family) => sum + Math.max(0, Math.min(rule.weight, lacking.get(family) ?? 0)),
    0,
  );
}

function families({ inputs }: WantedRule): readonly Family[] {
  const { destination } = ruleOf(inputs);
  return destination === undefined ? [] : familiesOf(destination.kind);
}
