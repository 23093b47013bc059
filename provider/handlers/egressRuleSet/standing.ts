import type { FoundRule } from "../../ec2/foundRule";
import { keysOf } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import type { Run } from "../../run";
import { isOfStack, mayTake, type Terms } from "../duplicate";
import type { EgressRuleSetInputs } from "./inputs";
import { inTheWayError, isKept } from "./inTheWay";
import type { EgressRuleSetState } from "./state";

/** How a set relates to a rule of its group. */
export type Stance =
  /** The set holds the rule, or declares it and may take it over. */
  | "own"
  /** An exclusive set revokes the rule, because no resource declares it. */
  | "stranger"
  /** Somebody else owns the rule, and the set fails as long as it exists. */
  | "in the way"
  /** The set ignores the rule, or lets it go because another resource declares it. */
  | "other";

/** The rules of a group, by how a set relates to them. */
export type Standing = { readonly [stance in Exclude<Stance, "in the way">]: readonly FoundRule[] };

/** Separates a set's rules from others; throws if somebody else's rule is in the way. */
export function standing(
  found: readonly FoundRule[],
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  run: Run,
): Standing {
  const isWanted = keysOf(inputs.rules);
  const terms = termsOf(inputs, olds);
  const isOfSet = olds === undefined ? () => false : holds(olds);
  // Taking over a controller's rule requires an explicit `adopt`.
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

/** Whether a rule belongs to a set: state has it, and it carries no other claim than state knows. */
export function holds(state: EgressRuleSetState): (rule: Pick<FoundRule, "id" | "claim">) => boolean {
  const ids = new Set(Object.values(state.ruleIds));
  const terms = { stack: state.owner };
  return (rule) => {
    if (!ids.has(rule.id)) return false;
    if (rule.claim === undefined || rule.claim === state.claim) return true;
    // State knows no claim of this stack if a rule has lost it, or if a rename of the stack is half done, until the
    // next `up`.
    return !isOfStack(state, terms) && isOfStack(rule, terms);
  };
}

/** Which rules a set may take over: an exclusive one also takes unclaimed rules. */
export function termsOf(inputs: EgressRuleSetInputs, olds: EgressRuleSetState | undefined): Terms {
  return {
    stack: inputs.owner,
    adopt: inputs.adopt === true || hasGroupToItself(inputs),
    held: new Set(Object.values(olds?.ruleIds ?? {})),
  };
}
