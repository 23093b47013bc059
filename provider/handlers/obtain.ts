import { changeRules } from "../ec2/changeRules";
import { OWNER_TAG } from "../ec2/claim";
import { type Attempt, EgressError, explain, isDuplicate, isQuotaExceeded } from "../ec2/errors";
import type { MadeRule } from "../ec2/foundRule";
import { type Authorized, authorizeJointly } from "../ec2/joint/authorize";
import { attemptOf } from "../ec2/stepText";
import { waitForGroup } from "../ec2/waitForGroup";
import type { ChangeStep, WantedRule } from "../rule/plan/planStep";
import { duplicateError, mayTake, type Terms } from "./duplicate";
import { inFullGroup } from "./fullGroup";
import { findAfterLostAnswer, findMade } from "./lostAnswer";
import { groupOf, type Obtained, type Place, takeOver } from "./takeOver";

/**
 * Makes a rule, or takes over the one that is there: this stack's without a word, another one as `adopt` says.
 *
 * In a full group, a rule that this run replaces and that nobody declares any more becomes the wanted one.
 */
export async function obtain(place: Place, wanted: WantedRule, terms: Terms): Promise<Obtained> {
  const { target } = place;
  const attempt = attemptOf(target, groupOf(wanted), { action: "authorize", rules: [wanted], tags: {} });
  let authorized: Authorized;
  try {
    authorized = await authorize(place, wanted, terms, attempt);
  } catch (error) {
    if (isQuotaExceeded(error)) return inFullGroup(place, wanted, terms, attempt, error);
    return findAfterLostAnswer(place, wanted, terms, attempt, error);
  }
  if ("made" in authorized) {
    return keep(place, authorized.made ?? (await findMade(target, wanted, attempt)), wanted);
  }
  const { there, refusal } = authorized;
  if (mayTake(there, terms)) return takeOver(place, there, wanted);
  throw duplicateError(refusal, attempt, there);
}

const MOST_TRIES = 4;
const FIRST_PAUSE = 1_000;

/** Asks again where EC2 says that the rule is there, and a look does not show it: it is gone, or not to be seen yet. */
async function authorize(
  { run, target }: Place,
  wanted: WantedRule,
  { held }: Terms,
  attempt: Attempt,
): Promise<Authorized> {
  const group = groupOf(wanted);
  // A group that has had rules of the program is not new: where it is missing, it is gone.
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

/** A rule that is made; tagged now, where EC2 has not done so with the request that made it. */
async function keep({ target }: Place, made: MadeRule, wanted: WantedRule): Promise<Obtained> {
  const rule = { ...wanted, id: made.id, arn: made.arn };
  if (!made.isUnclaimed || wanted.tags[OWNER_TAG] === undefined) return { rule };
  const step: ChangeStep = { action: "setTags", ids: [made.id], tags: wanted.tags };
  const { error } = await changeRules(target, groupOf(wanted), [step], [rule]);
  return error ? { rule: { ...rule, tags: {} }, error } : { rule };
}
