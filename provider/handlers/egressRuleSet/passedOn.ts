import type { FoundRule } from "../../ec2/foundRule";
import { noteGivingUp } from "../../ec2/givingUp";
import { isTakenFrom } from "../../ec2/taken";
import type { Target } from "../../ec2/target";
import { isWanted } from "../../ec2/wanted";
import { keysOf } from "../../rule/ruleSet";
import type { EgressRuleSetInputs } from "./inputs";
import type { EgressRuleSetState } from "./state";

/** Which rules are another resource's in this run of the engine. */
export interface PassedOn {
  /** Notes what a look at the group has shown. */
  readonly noteFound: (found: readonly FoundRule[]) => void;
  /**
   * Whether another resource has taken a rule over, or wants one that the set no longer declares: the set lets go of
   * that, so that the other may take it unasked.
   */
  readonly isTaken: (id: string) => boolean;
}

export function passedOn(
  { client }: Target,
  { rules }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
): PassedOn {
  const declaredKey = keysOf(rules);
  const leaving = new Map<string, FoundRule>();
  const held = new Set(Object.values(olds?.ruleIds ?? {}));
  return {
    noteFound: (found) => {
      for (const rule of found) if (declaredKey(rule.inputs) === undefined) leaving.set(rule.id, rule);
    },
    isTaken: (id) => {
      if (isTakenFrom(client, id, olds?.owner)) return true;
      const rule = leaving.get(id);
      if (rule === undefined || !held.has(id) || !isWanted(client, rule.inputs)) return false;
      noteGivingUp(client, id, "by a replacement");
      return true;
    },
  };
}
