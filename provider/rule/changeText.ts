import { tagsDiffer } from "./change";
import { printable } from "./printable";
import { argsOfKey, withoutAccount } from "./ruleKey";
import { LATER, type SetRule, type SetRules } from "./ruleSet";
import { isUnknown, type Unknown } from "./unknown";

/** What changes in a set, by the keys of its rules. */
export interface SetChange {
  readonly added: readonly string[];
  /** The added rules that EC2 already has. */
  readonly adopted: readonly string[];
  readonly removed: readonly string[];
  /** How many rules keep their identity and get a new description. */
  readonly described: number;
  /** How many rules get new tags of their own. */
  readonly tagged: number;
  /** How many of the remaining rules may change. */
  readonly uncertain: number;
  /** How many new rules are still unknown: they may be among those that seem to be removed. */
  readonly unknown: number;
}

/**
 * Compares a set before and after.
 *
 * @param exists whether EC2 already has an added rule, by its key
 */
export function changeOf(
  olds: SetRules,
  news: SetRules,
  exists: (key: string) => boolean = () => false,
): SetChange {
  const before = new Map(Object.entries(olds).map(([key, rule]) => [withoutAccount(key), rule]));
  const after = new Set(Object.keys(news).map(withoutAccount));
  const come = Object.keys(news).filter((key) => !before.has(withoutAccount(key)));
  const pairs = Object.entries(news).flatMap(([key, rule]) => {
    const old = before.get(withoutAccount(key));
    return old === undefined ? [] : [[old, rule] as const];
  });
  const isLater = (key: string) => key.startsWith(LATER);
  return {
    added: come.filter((key) => !isLater(key) && !exists(key)),
    adopted: come.filter((key) => !isLater(key) && exists(key)),
    removed: Object.keys(olds).filter((key) => !after.has(withoutAccount(key))),
    described: count(pairs, (old, rule) => old.description !== rule.description),
    tagged: count(pairs, (old, rule) => tagsDiffer(old.tags ?? {}, rule.tags ?? {})),
    uncertain: pairs.filter((pair) => pair.some(isUnknown)).length,
    unknown: come.filter(isLater).length,
  };
}

function count(
  pairs: readonly (readonly [SetRule | Unknown, SetRule | Unknown])[],
  differ: (old: SetRule, rule: SetRule) => boolean,
): number {
  return pairs.filter(([old, rule]) => !isUnknown(old) && !isUnknown(rule) && differ(old, rule)).length;
}

/** The width that still reads well in a terminal of 120 columns, with Pulumi's indentation. */
const LONGEST = 100;
const MOST_NAMED = 10;

/**
 * What changes in a set, in one line: `web: + tcp 22 to 0.0.0.0/0, - tcp 443 to 192.0.2.0/24, 1 description`. Names as
 * many rules as fit, and counts the rest. Undefined if nothing changes.
 *
 * @param mayName whether it may name rules: false if they are secret
 */
export function changeText(name: string, change: SetChange, mayName = true): string | undefined {
  for (let most = mayName ? MOST_NAMED : 0; most >= 0; most--) {
    const parts = partsOf(change, most);
    if (parts.length === 0) return undefined;
    const text = `${nameText(name)}: ${parts.join(", ")}`;
    if (text.length <= LONGEST || most === 0) return text;
  }
  return undefined;
}

const LONGEST_NAME = 40;

function nameText(name: string): string {
  const characters = [...printable(name)];
  return characters.length <= LONGEST_NAME
    ? characters.join("")
    : `${characters.slice(0, LONGEST_NAME).join("")}…`;
}

function partsOf(change: SetChange, most: number): string[] {
  const { added, adopted, removed, described, tagged, uncertain, unknown } = change;
  const mayStay = unknown > 0 || added.some((key) => argsOfKey(key) === undefined);
  return [
    ...named("+", added, "", most),
    ...named("+", adopted, " (adopted)", most),
    ...counted(unknown, (rules) => `+ ${rules} not known yet`),
    ...named(mayStay ? "maybe -" : "-", removed, "", most),
    ...(described > 0 ? [described === 1 ? "1 description" : `${described} descriptions`] : []),
    ...counted(tagged, (rules) => `tags of ${rules}`),
    ...counted(uncertain, (rules) => `${rules} may change`),
  ];
}

function named(sign: string, keys: readonly string[], note: string, most: number): string[] {
  if (most === 0) return counted(keys.length, (rules) => `${sign} ${rules}${note}`);
  const texts = keys.slice(0, most).map((key) => `${sign} ${key}${note}`);
  const rest = keys.length - texts.length;
  return rest === 0 ? texts : [...texts.slice(0, -1), `${texts.at(-1)} and ${rest} more`];
}

function counted(number: number, text: (rules: string) => string): string[] {
  return number === 0 ? [] : [text(number === 1 ? "1 rule" : `${number} rules`)];
}
