import { tagsChangeOf } from "./change";
import type { Failure } from "./failure";
import { withoutUndefined } from "./record";
import { type RuleInputs, ruleOf, ruleText } from "./rule";
import { argsOfKey, ruleKey } from "./ruleKey";
import type { Tags } from "./tags";
import { isUnknown, UNKNOWN, type Unknown } from "./unknown";

/** What a set keeps of a rule beside its identity, which is the key. */
export interface SetRule {
  readonly description?: string;
  readonly tags?: Tags;
}

/** The rules of a set by what they are: `tcp 443 to 10.0.0.0/16`. What is not known yet goes by a key of its own. */
export type SetRules = { readonly [key: string]: SetRule | Unknown };

/** A rule of a set, and where the program says it. */
export interface SaidRule {
  readonly property: string;
  readonly inputs: RuleInputs;
}

/** Rules as a set keeps them: in no order, and each once. */
export function ruleSet(said: readonly (SaidRule | Unknown)[], failures: Failure[]): SetRules {
  const rules = new Map<string, SetRule | Unknown>();
  const first = new Map<string, string>();
  for (const one of said) {
    if (isUnknown(one)) {
      rules.set(unusedKey(rules, "a rule not yet known"), UNKNOWN);
      continue;
    }
    const { property, inputs } = one;
    const key = ruleKey(inputs);
    if (key === undefined || isUnknown(inputs.description) || isUnknown(inputs.tags)) {
      rules.set(unusedKey(rules, key ?? laterText(inputs)), UNKNOWN);
      continue;
    }
    const rule = withoutUndefined({ description: inputs.description, tags: inputs.tags });
    const same = rules.get(key);
    if (same !== undefined && !isUnknown(same) && !isSame(same, rule)) {
      const reason = `${property} is the same rule as ${first.get(key)}, ${key}, with another description or other tags: keep one of the two`;
      failures.push({ property: "", reason });
    }
    rules.set(key, rule);
    first.set(key, first.get(key) ?? property);
  }
  return Object.fromEntries([...rules].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether two sets are not the same; what is not known yet may be anything. */
export function setsDiffer(olds: SetRules, news: SetRules): boolean {
  const keys = Object.keys(news);
  if (keys.length !== Object.keys(olds).length) return true;
  return keys.some((key) => {
    const [before, after] = [olds[key], news[key]];
    return before === undefined || isUnknown(before) || after === undefined || isUnknown(after)
      ? true
      : !isSame(before, after);
  });
}

/** The arguments of each rule of a set, which `parse` takes; what is not known yet has none. */
export function argsOfSet(rules: SetRules): { readonly [name: string]: unknown }[] {
  return Object.entries(rules).flatMap(([key, rule]) => {
    const args = isUnknown(rule) ? undefined : argsOfKey(key);
    return args === undefined ? [] : [{ ...args, ...(isUnknown(rule) ? {} : rule) }];
  });
}

function isSame(one: SetRule, other: SetRule): boolean {
  const { set, remove } = tagsChangeOf(one.tags ?? {}, other.tags ?? {});
  return one.description === other.description && Object.keys(set).length === 0 && remove.length === 0;
}

function laterText(inputs: RuleInputs): string {
  const { protocol, ports } = ruleOf(inputs);
  const isLater = [protocol, ports?.from, ports?.to].some(isUnknown);
  return isLater ? "a rule not yet known" : ruleText(ruleOf(inputs));
}

function unusedKey(rules: ReadonlyMap<string, unknown>, text: string): string {
  if (!rules.has(text)) return text;
  for (let number = 2; ; number++) {
    const key = `${text} (${number})`;
    if (!rules.has(key)) return key;
  }
}
