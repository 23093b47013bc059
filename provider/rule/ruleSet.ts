import { tagsDiffer } from "./change";
import type { Failure } from "./failure";
import { withoutUndefined } from "./record";
import { type RuleInputs, ruleOf, ruleText } from "./rule";
import { ruleKey, withoutAccount } from "./ruleKey";
import type { Tags } from "./tags";
import { isUnknown, UNKNOWN, type Unknown } from "./unknown";

/** What a set keeps of a rule besides its identity, which is the key. */
export interface SetRule {
  readonly description?: string;
  readonly tags?: Tags;
}

/** The rules of a set by their text: `tcp 443 to 10.0.0.0/16`. An unknown rule has a placeholder as its key. */
export type SetRules = { readonly [key: string]: SetRule | Unknown };

/** A rule of a set, and where the program declares it. */
export interface SaidRule {
  readonly property: string;
  readonly inputs: RuleInputs;
}

/** Rules as a set keeps them: without order or duplicates. */
export function ruleSet(said: readonly (SaidRule | Unknown)[], failures: Failure[]): SetRules {
  const rules = new Map<string, SetRule | Unknown>();
  const first = new Map<string, KnownRule>();
  for (const one of said) {
    const known = knownRule(one);
    if (known === undefined) {
      rules.set(unusedKey(rules, laterKey(one)), UNKNOWN);
      continue;
    }
    const same = first.get(withoutAccount(known.key));
    if (same === undefined) {
      first.set(withoutAccount(known.key), known);
      rules.set(known.key, known.rule);
      continue;
    }
    const differences = differencesOf(same, known);
    if (differences.length > 0) {
      const reason = `${known.property} is a duplicate of ${same.property}, ${known.key}, with ${differences.join(" and ")}: keep one of the two`;
      failures.push({ property: "", reason });
    }
  }
  return Object.fromEntries([...rules].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether two sets differ; an unknown value may be anything. */
export function setsDiffer(olds: SetRules, news: SetRules): boolean {
  const [before, after] = [byIdentity(olds), byIdentity(news)];
  if (before.size !== after.size) return true;
  return [...after].some(([identity, rule]) => {
    const old = before.get(identity);
    if (old === undefined || isUnknown(old) || isUnknown(rule)) return true;
    return old.description !== rule.description || tagsDiffer(old.tags ?? {}, rule.tags ?? {});
  });
}

/** The key of the same rule in a set, if it has one. */
export function keysOf(rules: SetRules): (inputs: RuleInputs) => string | undefined {
  const keys = new Map(Object.keys(rules).map((key) => [withoutAccount(key), key]));
  return (inputs) => keys.get(withoutAccount(ruleKey(inputs) ?? ""));
}

interface KnownRule {
  readonly property: string;
  readonly key: string;
  readonly rule: SetRule;
}

function knownRule(said: SaidRule | Unknown): KnownRule | undefined {
  if (isUnknown(said)) return undefined;
  const { description, tags } = said.inputs;
  const key = ruleKey(said.inputs);
  if (key === undefined || isUnknown(description) || isUnknown(tags)) return undefined;
  return { property: said.property, key, rule: withoutUndefined({ description, tags }) };
}

function differencesOf(one: KnownRule, other: KnownRule): string[] {
  return [
    ...(one.key === other.key ? [] : ["a different account"]),
    ...(one.rule.description === other.rule.description ? [] : ["a different description"]),
    ...(tagsDiffer(one.rule.tags ?? {}, other.rule.tags ?? {}) ? ["different tags"] : []),
  ];
}

function byIdentity(rules: SetRules): ReadonlyMap<string, SetRule | Unknown> {
  return new Map(Object.entries(rules).map(([key, rule]) => [withoutAccount(key), rule]));
}

/** The key of a fully unknown rule; further ones get a number at the end. */
export const LATER = "a rule not yet known";

function laterKey(said: SaidRule | Unknown): string {
  if (isUnknown(said)) return LATER;
  const { protocol, ports } = ruleOf(said.inputs);
  const isLater = [protocol, ports?.from, ports?.to].some(isUnknown);
  return ruleKey(said.inputs) ?? (isLater ? LATER : ruleText(ruleOf(said.inputs)));
}

function unusedKey(rules: ReadonlyMap<string, unknown>, text: string): string {
  if (!rules.has(text)) return text;
  for (let number = 2; ; number++) {
    const key = `${text} (${number})`;
    if (!rules.has(key)) return key;
  }
}
