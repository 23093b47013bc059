import { callOf } from "../../ec2/planSteps";
import type { Step } from "../../ec2/steps";
import type { Target } from "../../ec2/target";
import { plan } from "../../rule/plan/plan";
import type { PresentRule } from "../../rule/plan/planStep";
import type { Room } from "../../rule/plan/room";
import type { EgressRuleSetInputs } from "./inputs";
import { type EgressRuleSetState, heldMarks } from "./state";
import { wantedRules } from "./wanted";

const ROOM_FOR_ALL: Room = { quota: Number.POSITIVE_INFINITY, others: new Map() };

/** The calls to come, as far as they can be told without asking EC2 what the group has. */
export function changeSteps(
  target: Target,
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
): Step[] {
  const wanted = wantedRules(inputs, () => inputs.owner);
  const steps = plan(wanted, olds ? presentRules(olds) : [], ROOM_FOR_ALL);
  return steps.map((step) => callOf(target, inputs.securityGroupId, step));
}

export function deleteSteps(target: Target, olds: EgressRuleSetState): Step[] {
  const steps = plan([], presentRules(olds), ROOM_FOR_ALL);
  return steps.map((step) => callOf(target, olds.securityGroupId, step));
}

/** The rules of a set as state has them. */
function presentRules(state: EgressRuleSetState): PresentRule[] {
  const marks = heldMarks(state);
  return Object.entries(state.ruleIds).flatMap(([key, id]) => {
    const rule = state.rules[key];
    if (rule === undefined) return [];
    const wanted = wantedRules({ ...state, rules: { [key]: rule } }, () => marks.get(id));
    return wanted.map((one) => ({ ...one, id }));
  });
}
