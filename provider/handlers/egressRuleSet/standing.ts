import type { FoundRule } from "../../ec2/foundRule";
import { keysOf } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import type { Run } from "../../run";
import { isOfStack, mayTake, type Terms } from "../duplicate";
import type { EgressRuleSetInputs } from "./inputs";
import { inTheWayError, isKept } from "./inTheWay";
import type { EgressRuleSetState } from "./state";

/** How a set stands to a rule of its group. */
export type Stance =
  /** It holds the rule, or may take it over because it declares it. */
  | "own"
  /** A set that has the group to itself takes it away, because nobody declares it. */
  | "stranger"
  /** It is another's, and the set cannot be while it is there. */
  | "in the way"
  /** It is none of its business, or is let go because another resource declares it. */
  | "other";

/** The rules of a group as a set stands to them. */
export type Standing = { readonly [stance in Exclude<Stance, "in the way">]: readonly FoundRule[] };

/** Tells a set's rules from others; throws where another's rule is in the way. */
export function standing(
  found: readonly FoundRule[],
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  run: Run,
): Standing {
  const isWanted = keysOf(inputs.rules);
  const terms = termsOf(inputs, olds);
  const isOfSet = olds === undefined ? () => false : holds(olds);
  // What a controller keeps is no matter of course: one says so outright.
  const isGuarded = (rule: FoundRule) => isKept(rule) && inputs.strangers !== "revoke";
  const mayTakeOver = (rule: FoundRule) =>
    mayTake(rule, terms) && (inputs.adopt === true || !isGuarded(rule));
  const mayRevoke = (rule: FoundRule) =>
    isOfStack(rule, terms) || (rule.claim === undefined && inputs.strangers !== "refuse" && !isGuarded(rule));
  const stanceTo = (rule: FoundRule): Stance => {
    const isHeld = isOfSet(rule);
    if (isWanted(rule.inputs) !== undefined) return isHeld || mayTakeOver(rule) ? "own" : "in the way";
    if (run.claimed.has(rule.id) || run.checked.declares(rule.inputs)) return "other";
    if (isHeld) return "own";
    if (!hasGroupToItself(inputs)) return "other";
    return mayRevoke(rule) ? "stranger" : "in the way";
  };
  const rules: { [stance in Stance]: FoundRule[] } = { own: [], stranger: [], "in the way": [], other: [] };
  for (const rule of found) rules[stanceTo(rule)].push(rule);
  if (rules["in the way"].length > 0) throw inTheWayError(rules["in the way"], inputs);
  return rules;
}

/** Tells whether a rule is one of a set's: state has it, and it carries no other claim than state knows. */
export function holds(state: EgressRuleSetState): (rule: Pick<FoundRule, "id" | "claim">) => boolean {
  const ids = new Set(Object.values(state.ruleIds));
  const terms = { stack: state.owner };
  return (rule) => {
    if (!ids.has(rule.id)) return false;
    if (rule.claim === undefined || rule.claim === state.claim) return true;
    // Until the next `up`, state knows no claim of this stack where a rule has lost it, nor half-way after a new name.
    return !isOfStack(state, terms) && isOfStack(rule, terms);
  };
}

/** Whose rules a set may take over: one that has its group to itself what is nobody's, too. */
export function termsOf(inputs: EgressRuleSetInputs, olds: EgressRuleSetState | undefined): Terms {
  return {
    stack: inputs.owner,
    adopt: inputs.adopt === true || hasGroupToItself(inputs),
    held: new Set(Object.values(olds?.ruleIds ?? {})),
  };
}
