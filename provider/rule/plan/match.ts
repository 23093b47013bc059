import { identity } from "../identity";
import { ruleOf } from "../rule";
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

/** A rule, and what it has to have in common with another that may become it, or that it may become. */
interface Keyed<R extends WantedRule> {
  readonly rule: R;
  /** The closest first, as people would say it: to the same destination, of the same ports, or of the same kind. */
  readonly keys: readonly string[];
}

/**
 * EC2 cannot change the kind of a destination. Rules of other tags would need more calls than they save, and lists of
 * another weight might not fit.
 */
function keyed<R extends WantedRule>(rule: R): Keyed<R> {
  const { protocol, ports, destination } = ruleOf(rule.inputs);
  const kind = `${destination?.kind} ${rule.weight} ${tagsKey(rule.tags)}`;
  const keys = [`${kind} ${destination?.value}`, `${kind} ${protocol} ${ports?.from} ${ports?.to}`, kind];
  return { rule, keys };
}

const LIKENESSES = [0, 1, 2];

function pairUp(
  missing: readonly WantedRule[],
  leaving: readonly PresentRule[],
  most: number,
): Omit<Match, "kept"> {
  const changed: Pair[] = [];
  let added = missing.map(keyed);
  let removed = leaving.map(keyed);
  for (const likeness of LIKENESSES) {
    const alike = new Map<string | undefined, Keyed<PresentRule>[]>();
    for (const one of [...removed].reverse()) {
      const others = alike.get(one.keys[likeness]);
      if (others) others.push(one);
      else alike.set(one.keys[likeness], [one]);
    }
    const taken = new Set<Keyed<PresentRule>>();
    added = added.filter(({ rule, keys }) => {
      const one = changed.length < most ? alike.get(keys[likeness])?.pop() : undefined;
      if (one === undefined) return true;
      taken.add(one);
      changed.push({ before: one.rule, after: rule });
      return false;
    });
    removed = removed.filter((one) => !taken.has(one));
  }
  return { changed, added: added.map(({ rule }) => rule), removed: removed.map(({ rule }) => rule) };
}

/** The same text for the same tags, in whatever order. */
export function tagsKey(tags: Tags): string {
  return JSON.stringify(Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1)));
}
