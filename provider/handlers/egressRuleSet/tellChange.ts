import type { FoundRule } from "../../ec2/foundRule";
import { changeOf, changeText } from "../../rule/changeText";
import { discreetly } from "../../rule/discreetly";
import { type FromProgram, nameIn } from "../../rule/fromProgram";
import { keysOf, type SetRules } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import { isUnknown } from "../../rule/unknown";
import type { CheckedSet } from "../../run";
import type { Host } from "../host";
import { type EgressRuleSetInputs, textOfInputs } from "./inputs";
import { lookAhead } from "./lookAhead";
import { type EgressRuleSetState, homeOf } from "./state";

/** What check notes about a set, to report on it later. */
export function checkedSet(
  { urn, preview = false }: Partial<FromProgram>,
  rules: CheckedSet["rules"],
): CheckedSet {
  return { ...(urn !== undefined && { name: nameIn(urn) }), preview, rules };
}

/** Reports at preview, in one line, what a new set adds. */
export function foretellNew(
  set: CheckedSet,
  inputs: EgressRuleSetInputs,
  found: readonly FoundRule[] | undefined,
): void {
  if (set.preview) tell(set, {}, inputs.rules, adoptable(inputs, found));
}

/** Reports at preview, in one line, what changes in a set; nothing at a refresh, which compares other inputs. */
export async function foretellChange(
  host: Host,
  olds: EgressRuleSetState,
  news: EgressRuleSetInputs,
): Promise<void> {
  const set = host.run.checkedSet(textOfInputs(news));
  if (!set?.preview || set.name === undefined) return;
  const before = rulesBefore(olds, news.rules);
  const isToLook = changeOf(before, news.rules).added.length > 0 && mayAdopt(news);
  const found = isToLook ? await lookAhead(host.target(news.region, homeOf(olds)), news) : undefined;
  tell(set, before, news.rules, adoptable(news, found));
}

/**
 * Reports at `up`, in one line, what has changed in a set.
 *
 * @param adopted the keys of the rules that existed before and that no stack claimed
 */
export function tellChanged(
  host: Host,
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  { rules }: EgressRuleSetState,
  adopted: ReadonlySet<string>,
): void {
  const set = host.run.checkedSet(textOfInputs(inputs));
  const before = olds === undefined ? {} : rulesBefore(olds, rules);
  if (set) tell(set, before, rules, (key) => adopted.has(key));
}

/** Whether a set may adopt existing rules, and its group can be read. */
export function mayAdopt(inputs: EgressRuleSetInputs): boolean {
  const { adopt, securityGroupId, region } = inputs;
  return (adopt === true || hasGroupToItself(inputs)) && ![securityGroupId, region].some(isUnknown);
}

/** The rules in state that the set holds, and the strangers from a refresh that it will revoke. */
function rulesBefore({ rules, ruleIds }: EgressRuleSetState, after: SetRules): SetRules {
  const isBefore = ([key]: readonly [string, unknown]) =>
    Object.hasOwn(ruleIds, key) || !Object.hasOwn(after, key);
  return Object.fromEntries(Object.entries(rules).filter(isBefore));
}

function adoptable(inputs: EgressRuleSetInputs, found: readonly FoundRule[] = []): (key: string) => boolean {
  if (!mayAdopt(inputs)) return () => false;
  const keyOf = keysOf(inputs.rules);
  const keys = new Set(found.filter(({ claim }) => claim === undefined).map((rule) => keyOf(rule.inputs)));
  return (key) => keys.has(key);
}

function tell(
  { name, rules }: CheckedSet,
  before: SetRules,
  after: SetRules,
  isAdopted: (key: string) => boolean,
): void {
  if (name === undefined) return;
  const change = changeOf(before, after, isAdopted);
  const text =
    rules === "unknown" ? `${name}: rules not known yet` : changeText(name, change, rules === "known");
  if (text !== undefined) console.error(discreetly(text));
}
