import type { FoundRule } from "../../ec2/foundRule";
import type { Target } from "../../ec2/target";
import type { RuleInputs } from "../../rule/rule";
import { keysOf } from "../../rule/ruleSet";
import { howGivenUp, noteGivingUp } from "../../run/givingUp";
import { isLeftBehind, isOfProgram } from "../../run/held";
import { isTakenFrom, noteTaken } from "../../run/taken";
import { isWanted } from "../../run/wanted";
import type { EgressRuleSetInputs } from "./inputs";
import type { EgressRuleSetState } from "./state";

/** What passes between a set and other resources of the program in this run of the engine. */
export interface Passing {
  /** Notes what a look at the group has shown. */
  readonly noteFound: (found: readonly FoundRule[]) => void;
  /**
   * Whether another resource has taken a rule over, or wants one that the set no longer declares: the set lets go of
   * that, so that the other may take it unasked.
   */
  readonly isTaken: (id: string) => boolean;
  /** Whether another resource wants a rule that the set does not declare. */
  readonly isWanted: (rule: RuleInputs) => boolean;
  /** Whether another resource gives a rule up in this run, or has left it behind in one that was cut off. */
  readonly isLeft: (rule: FoundRule) => boolean;
  /**
   * Notes what the set takes over, at once: neither an update nor the delete of the resource that has it changes it
   * from now on.
   */
  readonly take: (ids: readonly string[], mark: string | undefined) => void;
}

export function passing(
  { client }: Target,
  { rules, owner }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
): Passing {
  const declaredKey = keysOf(rules);
  const leaving = new Map<string, FoundRule>();
  const held = new Set(Object.values(olds?.ruleIds ?? {}));
  const taking = new Set<string>();
  return {
    noteFound: (found) => {
      for (const rule of found) if (declaredKey(rule.inputs) === undefined) leaving.set(rule.id, rule);
    },
    isTaken: (id) => {
      if (taking.has(id)) return false;
      if (isTakenFrom(client, id, olds?.owner)) return true;
      const rule = leaving.get(id);
      if (rule === undefined || !held.has(id) || !isWanted(client, rule.inputs)) return false;
      noteGivingUp(client, id, "by a replacement");
      return true;
    },
    isWanted: (rule) => declaredKey(rule) === undefined && isWanted(client, rule),
    isLeft: (rule) =>
      howGivenUp(client, rule.id) === "by a replacement" ||
      (isOfProgram(client, rule, owner) && isLeftBehind(client, rule)),
    take: (ids, mark) => {
      for (const id of ids) {
        taking.add(id);
        noteTaken(client, id, mark);
      }
    },
  };
}
