import { changeRules } from "../ec2/changeRules";
import { type Attempt, EgressError, explain, isDuplicate, isQuotaExceeded } from "../ec2/errors";
import type { MadeRule } from "../ec2/foundRule";
import { type Authorized, authorizeJointly } from "../ec2/joint/authorize";
import { attemptOf } from "../ec2/stepText";
import { waitForGroup } from "../ec2/waitForGroup";
import { changesOf } from "../rule/plan/plan";
import type { WantedRule } from "../rule/plan/planStep";
import { withoutUndefined } from "../rule/record";
import { duplicateError, mayTake, type Terms } from "./duplicate";
import { inFullGroup } from "./fullGroup";
import { findAfterLostAnswer, findMade } from "./lostAnswer";
import { groupOf, type Obtained, type Place, takeOver } from "./takeOver";

/**
 * Creates a rule or takes over the existing one: silently if it belongs to this stack, otherwise as `adopt` allows.
 *
 * In a full group, it reuses a rule that this run replaces and that no resource declares any more.
 */
export async function obtain(place: Place, wanted: WantedRule, terms: Terms): Promise<Obtained> {
  const { target } = place;
  const attempt = attemptOf(target, groupOf(wanted), { action: "authorize", rules: [wanted], tags: {} });
  let authorized: Authorized | undefined;
  try {
    authorized = await authorize(place, wanted, terms, attempt);
  } catch (error) {
    if (isQuotaExceeded(error)) return inFullGroup(place, wanted, terms, attempt, error);
    return findAfterLostAnswer(place, wanted, terms, attempt, error);
  }
  const found = authorized ?? (await findMade(target, wanted, terms, attempt));
  if ("made" in found) return keep(place, found.made, wanted);
  const { there, refusal } = found;
  if (mayTake(there, terms)) return takeOver(place, there, wanted);
  throw duplicateError(refusal, attempt, there);
}

const MOST_TRIES = 4;
const FIRST_PAUSE = 1_000;

/** Retries if EC2 reports a duplicate that a look-up does not show: the rule is gone, or not visible yet. */
async function authorize(
  { run, target }: Place,
  wanted: WantedRule,
  { held }: Terms,
  attempt: Attempt,
): Promise<Authorized | undefined> {
  const group = groupOf(wanted);
  // A group that has held rules of the program is not new: if EC2 cannot find it, it is gone.
  const old = held.size > 0 || run.replacesIn(group) ? group : undefined;
  for (let tries = 0; ; tries++) {
    try {
      return await waitForGroup(() => authorizeJointly(target, wanted), old);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      if (tries + 1 === MOST_TRIES) {
        const { message } = explain(error, attempt);
        throw new EgressError(`${message}\nEC2 does not show that rule yet: run \`pulumi up\` again.`, {
          cause: error,
        });
      }
    }
    await new Promise((resume) => setTimeout(resume, FIRST_PAUSE * 2 ** tries));
  }
}

/** Completes a new rule: tags and describes it if the request that created it did not. */
async function keep({ target }: Place, made: MadeRule, wanted: WantedRule): Promise<Obtained> {
  const { id, arn, description, tags } = made;
  const { description: _, ...identity } = wanted.inputs;
  const inputs = { ...identity, ...withoutUndefined({ description }) };
  const present = { ...wanted, id, inputs, tags };
  const { rules, error } = await changeRules(target, groupOf(wanted), changesOf(wanted, present), [present]);
  const [rule = present] = rules;
  return { rule: { ...rule, arn }, ...(error && { error }) };
}
