import type { FoundRule } from "../../ec2/foundRule";
import { sameOwner } from "../../ec2/mark";
import { discreetly } from "../../rule/discreetly";
import { quote } from "../../rule/failure";
import type { WantedRule } from "../../rule/plan/planStep";
import type { RuleInputs } from "../../rule/rule";
import { type EgressRuleSetState, heldMarks } from "./state";

/** What becomes of the rules of a group whose set goes. */
export interface Leaving {
  readonly gone: readonly FoundRule[];
  readonly left: readonly FoundRule[];
  /** Whether the group is to have again, and may, what EC2 gives a new one. */
  readonly mayRestore: boolean;
}

/** What only this run of the engine tells. */
export interface InThisRun {
  /** Whether a rule has passed to another resource, in this run or before. */
  readonly isTaken: (id: string) => boolean;
  /** Whether another resource wants a rule. */
  readonly isWanted: (rule: RuleInputs) => boolean;
  /** Whether the program still declares a set that goes by this one's mark. */
  readonly isDeclared: boolean;
  /** Whether another set of the group was made. */
  readonly isSucceeded: boolean;
  /** Whether other resources have rules of the group, which a look at it may not show yet. */
  readonly isGroupInUse: boolean;
}

/** Tells the rules that go with a set from those that stay. */
export function leaving(found: readonly FoundRule[], state: EgressRuleSetState, run: InThisRun): Leaving {
  const held = heldMarks(state);
  const isRenewed = ({ id, owner }: FoundRule) =>
    sameOwner(owner, state.owner) && owner !== state.owner && owner !== held.get(id);
  // A successor of the same name renews the marks; in a later run they alone tell of it. Where the program has none,
  // there was to be one, and its state was never written.
  const isSucceeded = run.isSucceeded || (run.isDeclared && found.some(isRenewed));
  const isToGo = (rule: FoundRule) => {
    const { id, inputs, owner } = rule;
    if (run.isTaken(id) || run.isWanted(inputs)) return false;
    if (owner === undefined && state.exclusive && !isSucceeded) return true;
    if (isRenewed(rule)) return !run.isDeclared;
    return held.has(id) ? owner === held.get(id) : owner !== undefined && owner === state.owner;
  };
  const left = found.filter((rule) => !isToGo(rule));
  const isInUse = isSucceeded || run.isGroupInUse || left.length > 0;
  const mayRestore = state.onDestroy === "restoreDefault" && !isInUse;
  return { gone: found.filter(isToGo), left, mayRestore };
}

/** What EC2 gives a new group for IPv4. IPv6 is opened only where IPv6 is said. */
export function defaultRule(securityGroupId: string): WantedRule {
  return { inputs: { securityGroupId, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }, tags: {}, weight: 1 };
}

const MOST_NAMED = 3;

/** Says which rules are left that one might have thought would go, and whose they are. */
export function tellLeft(
  left: readonly FoundRule[],
  state: EgressRuleSetState,
  { isTaken, isWanted }: InThisRun,
): void {
  const held = heldMarks(state);
  const byOwner = new Map<string | undefined, string[]>();
  for (const rule of left) {
    const { id, inputs, owner } = rule;
    const isMissed = held.has(id) || state.exclusive === true;
    if (!isMissed || isTaken(id) || isWanted(inputs) || sameOwner(owner, state.owner)) continue;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), id]);
  }
  for (const [owner, ids] of byOwner) {
    const [rule, it, belong, have] =
      ids.length === 1 ? ["rule", "it is", "belongs", "has"] : ["rules", "they are", "belong", "have"];
    const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : "";
    const whose =
      owner === undefined ? `${have} no owner's mark any more` : `${belong} to ${quote(owner)} now`;
    const those = `${rule} ${ids.slice(0, MOST_NAMED).join(", ")}${more} on ${state.securityGroupId}`;
    console.error(discreetly(`${those} ${whose}: ${it} left in place`));
  }
  if (state.onDestroy === "restoreDefault" && byOwner.size > 0) {
    console.error(discreetly(`${state.securityGroupId} is not opened again, as others have rules on it`));
  }
}
