import { type EgressError, explain, isGroupMissing } from "../../ec2/errors";
import { callOf } from "../../ec2/planSteps";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { discreetly } from "../../rule/discreetly";
import { afterStep } from "../../rule/plan/afterStep";
import type { PlanStep, PresentRule } from "../../rule/plan/planStep";
import { noteGivingUp, noteUpdated } from "../../run/givingUp";
import { keyOf } from "./state";

/** How far a plan was carried out. */
export interface Run {
  /** The rules that there are now. */
  readonly rules: readonly PresentRule[];
  /** Whether the group was not yet visible at first, and so may have rules that nobody has seen. */
  readonly hasWaited: boolean;
  readonly error?: EgressError;
}

/**
 * Sends the requests of a plan one after the other, up to the first that fails, or that would change what another
 * resource has taken over since the plan was made.
 */
export async function carryOut(
  target: Target,
  groupId: string,
  steps: readonly PlanStep[],
  present: readonly PresentRule[],
  isTaken: (id: string) => boolean,
): Promise<Run> {
  tellEarly(groupId, steps, present);
  let rules = present;
  let hasWaited = false;
  for (const planned of steps) {
    if (planned.action === "modify" && planned.updates.some(({ id }) => isTaken(id))) break;
    const step = withoutTaken(planned, isTaken);
    if (step.action === "revoke" && step.ids.length === 0) {
      rules = afterStep(rules, planned, []);
      continue;
    }
    const { attempt, send } = callOf(target, groupId, step);
    // The group, or one that a rule leads to, may have been made a moment ago.
    const mayAppear = step.action === "authorize" || step.action === "modify";
    const sendAndNote = () =>
      send().catch((error: unknown) => {
        hasWaited ||= isGroupMissing(error);
        throw error;
      });
    try {
      const made = await noting(target, step, () => (mayAppear ? waitForGroup(sendAndNote) : send()));
      rules = afterStep(rules, planned, made);
    } catch (error) {
      return { rules, hasWaited, error: explain(error, attempt) };
    }
  }
  return { rules, hasWaited };
}

/** Another resource may have taken a rule over since the plan was made. */
function withoutTaken(step: PlanStep, isTaken: (id: string) => boolean): PlanStep {
  return step.action === "revoke" ? { ...step, ids: step.ids.filter((id) => !isTaken(id)) } : step;
}

/** Whoever wants what a rule is waits while it is being revoked or changed, and makes it anew. */
async function noting<Answer>(
  { client }: Target,
  step: PlanStep,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const ids = idsGivingUp(step);
  for (const id of ids) noteGivingUp(client, id, "by an update");
  try {
    return await send();
  } finally {
    for (const id of ids) noteUpdated(client, id);
  }
}

function idsGivingUp(step: PlanStep): readonly string[] {
  if (step.action === "modify") return step.updates.map(({ id }) => id);
  return step.action === "revoke" ? step.ids : [];
}

const MOST_NAMED = 3;

/** Between their going and the coming of others, less is allowed than before and than after. */
function tellEarly(groupId: string, steps: readonly PlanStep[], present: readonly PresentRule[]): void {
  const ids = new Set(steps.flatMap((step) => (step.action === "revoke" && step.early ? step.ids : [])));
  if (ids.size === 0) return;
  const keys = present.filter(({ id }) => ids.has(id)).map(({ inputs }) => keyOf(inputs));
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : "";
  const named = `${keys.slice(0, MOST_NAMED).join(", ")}${more}`;
  const go = keys.length === 1 ? "goes" : "go";
  console.error(
    discreetly(
      `${groupId} has no room for its old and its new rules at once: ${named} ${go} before others come`,
    ),
  );
}
