import { changeRules } from "../../ec2/changeRules";
import { EgressError } from "../../ec2/errors";
import { discreetly } from "../../rule/discreetly";
import { listed } from "../../rule/listed";
import { idsOf, stepFor } from "../../rule/plan/afterStep";
import type { ChangeStep, PlanStep, PresentRule, WantedRule } from "../../rule/plan/planStep";
import type { Run } from "../../run";
import type { Terms } from "../duplicate";
import { reasonToLeave, tellLeft } from "../leftInPlace";
import { obtain } from "../obtain";
import type { Place } from "../takeOver";
import { keyOf } from "./state";

/** The outcome of carrying out a plan. */
export interface CarriedOut {
  /** The rules that exist now. */
  readonly rules: readonly PresentRule[];
  /** The ids of the rules obtained on the way. */
  readonly obtained: ReadonlySet<string>;
  /** The ids of those that existed before and were not this stack's. */
  readonly adopted: ReadonlySet<string>;
  readonly error?: EgressError;
}

/** Carries out the steps of a plan in order, up to the first in which a rule fails. */
export async function carryOut(
  place: Place,
  groupId: string,
  steps: readonly PlanStep[],
  present: readonly PresentRule[],
  terms: Terms,
): Promise<CarriedOut> {
  tellEarly(groupId, steps, present);
  const obtained = new Set<string>();
  const adopted = new Set<string>();
  let rules = present;
  for (const step of steps) {
    if (step.action === "revoke") rules = withoutLeft(place.run, groupId, step, rules);
    let error: EgressError | undefined;
    if (step.action === "authorize") {
      const got = await obtainAll(place, step.rules, terms);
      for (const { id } of got.rules) obtained.add(id);
      for (const id of got.adopted) adopted.add(id);
      rules = [...rules, ...got.rules];
      error = got.error;
    } else {
      ({ rules, error } = await changeRules(place.target, groupId, [stepFor(step, idsIn(rules))], rules));
    }
    if (error) return { rules, obtained, adopted, error };
  }
  return { rules, obtained, adopted };
}

async function obtainAll(place: Place, wanted: readonly WantedRule[], terms: Terms) {
  const outcomes = await Promise.allSettled(wanted.map((rule) => obtain(place, rule, terms)));
  const rules: PresentRule[] = [];
  const adopted: string[] = [];
  let failed: EgressError | undefined;
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") {
      const { rule, isAdopted } = outcome.value;
      rules.push(rule);
      if (isAdopted) adopted.push(rule.id);
    }
    const error: unknown = outcome.status === "fulfilled" ? outcome.value.error : outcome.reason;
    if (error === undefined) continue;
    if (!(error instanceof EgressError)) throw error;
    failed ??= error;
  }
  return { rules, adopted, ...(failed && { error: failed }) };
}

/** Releases a rule that another resource has obtained or declared since the plan was made. */
function withoutLeft(
  run: Run,
  groupId: string,
  step: ChangeStep,
  rules: readonly PresentRule[],
): readonly PresentRule[] {
  const going = new Set(idsOf(step));
  return rules.filter(({ id, inputs }) => {
    const reason = going.has(id) ? reasonToLeave(run, { id, inputs }) : undefined;
    if (reason !== undefined) tellLeft(id, groupId, reason);
    return reason === undefined;
  });
}

function idsIn(rules: readonly PresentRule[]): ReadonlySet<string> {
  return new Set(rules.map(({ id }) => id));
}

const MOST_NAMED = 3;

/** Less traffic is allowed between these revokes and the creates than before or after. */
function tellEarly(groupId: string, steps: readonly PlanStep[], present: readonly PresentRule[]): void {
  const ids = new Set(steps.flatMap((step) => (step.action === "revoke" && step.early ? idsOf(step) : [])));
  if (ids.size === 0) return;
  const keys = present.filter(({ id }) => ids.has(id)).map(({ inputs }) => keyOf(inputs));
  const named = listed(keys, MOST_NAMED);
  const are = keys.length === 1 ? "is" : "are";
  console.error(
    discreetly(
      `${groupId} has no room for its old and new rules at once: ${named} ${are} revoked before new ones are authorized`,
    ),
  );
}
