import { type EgressError, explain, isGroupMissing } from "../../ec2/errors";
import { callOf } from "../../ec2/planSteps";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { afterStep } from "../../rule/plan/afterStep";
import type { PlanStep, PresentRule } from "../../rule/plan/planStep";
import { keyOf } from "./state";

/** How far a plan was carried out. */
export interface Run {
  /** The rules that there are now. */
  readonly rules: readonly PresentRule[];
  /** Whether the group was not yet visible at first, and so may have rules that nobody has seen. */
  readonly hasWaited: boolean;
  readonly error?: EgressError;
}

/** Sends the requests of a plan one after the other, up to the first that fails. */
export async function carryOut(
  target: Target,
  groupId: string,
  steps: readonly PlanStep[],
  present: readonly PresentRule[],
): Promise<Run> {
  tellEarly(groupId, steps, present);
  let rules = present;
  let hasWaited = false;
  for (const step of steps) {
    const { attempt, send } = callOf(target, groupId, step);
    // The group, or one that a rule leads to, may have been made a moment ago.
    const mayAppear = step.action === "authorize" || step.action === "modify";
    const sendAndNote = () =>
      send().catch((error: unknown) => {
        hasWaited ||= isGroupMissing(error);
        throw error;
      });
    try {
      const made = await (mayAppear ? waitForGroup(sendAndNote) : send());
      rules = afterStep(rules, step, made);
    } catch (error) {
      return { rules, hasWaited, error: explain(error, attempt) };
    }
  }
  return { rules, hasWaited };
}

const MOST_NAMED = 3;

/** Between their going and the coming of others, less is allowed than before and than after. */
function tellEarly(groupId: string, steps: readonly PlanStep[], present: readonly PresentRule[]): void {
  const ids = new Set(steps.flatMap((step) => (step.action === "revoke" && step.early ? step.ids : [])));
  if (ids.size === 0) return;
  const keys = present.filter(({ id }) => ids.has(id)).map(({ inputs }) => keyOf(inputs));
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : "";
  console.error(
    `${groupId} has no room for its old and its new rules at once: ${keys.slice(0, MOST_NAMED).join(", ")}${more} ${keys.length === 1 ? "goes" : "go"} before others come`,
  );
}
