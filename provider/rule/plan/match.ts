import { identity } from "../identity";
import { type Rule, ruleOf } from "../rule";
import type { Tags } from "../tags";
import type { PresentRule, WantedRule } from "./planStep";

/** What is to become of each rule. */
export interface Match {
  /** The same rule before and after. */
  readonly kept: readonly Pair[];
  /** Another rule of the same kind of destination, which takes over the id. */
  readonly changed: readonly Pair[];
  readonly added: readonly WantedRule[];
  readonly removed: readonly PresentRule[];
}

export interface Pair {
  readonly before: PresentRule;
  readonly after: WantedRule;
}

/** Finds what stays by identity, and which of the others can become one another with the fewest calls. */
export function match(
  wanted: readonly WantedRule[],
  present: readonly PresentRule[],
  mostChanged: number,
): Match {
  const before = new Map(present.map((rule) => [identity(ruleOf(rule.inputs)), rule]));
  const kept: Pair[] = [];
  const missing: WantedRule[] = [];
  const staying = new Set<PresentRule>();
  for (const after of wanted) {
    const same = before.get(identity(ruleOf(after.inputs)));
    if (same === undefined) missing.push(after);
    else {
      kept.push({ before: same, after });
      staying.add(same);
    }
  }
  const leaving = present.filter((rule) => !staying.has(rule));
  return { kept, ...pairUp(missing, leaving, mostChanged) };
}

/** What two rules have in common where the one may become the other; the closest first, as people would say it. */
const LIKENESSES: readonly ((rule: Rule) => string)[] = [
  ({ destination }) => `${destination?.value}`,
  ({ protocol, ports }) => `${protocol} ${ports?.from} ${ports?.to}`,
  () => "",
];

function pairUp(
  missing: readonly WantedRule[],
  leaving: readonly PresentRule[],
  most: number,
): Omit<Match, "kept"> {
  const changed: Pair[] = [];
  let [added, removed] = [missing, leaving];
  for (const likeness of LIKENESSES) {
    const alike = new Map<string, PresentRule[]>();
    for (const rule of [...removed].reverse()) {
      const key = keyOf(rule, likeness);
      const others = alike.get(key);
      if (others) others.push(rule);
      else alike.set(key, [rule]);
    }
    const taken = new Set<PresentRule>();
    added = added.filter((after) => {
      const before = changed.length < most ? alike.get(keyOf(after, likeness))?.pop() : undefined;
      if (before === undefined) return true;
      taken.add(before);
      changed.push({ before, after });
      return false;
    });
    removed = removed.filter((rule) => !taken.has(rule));
  }
  return { changed, added, removed };
}

/**
 * EC2 cannot change the kind of a destination. Rules of other tags would need more calls than they save, and lists of
 * another weight might not fit.
 */
function keyOf({ inputs, tags, weight }: WantedRule, likeness: (rule: Rule) => string): string {
  const rule = ruleOf(inputs);
  return JSON.stringify([rule.destination?.kind, weight, tagsKey(tags), likeness(rule)]);
}

/** The same text for the same tags, in whatever order. */
export function tagsKey(tags: Tags): string {
  return JSON.stringify(Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1)));
}
