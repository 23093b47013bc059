import { afterStep, idsOf, stepFor } from "../rule/plan/afterStep";
import type { ChangeStep, PresentRule } from "../rule/plan/planStep";
import { confirmGone } from "./confirmGone";
import { EgressError, explain, isRuleMissing } from "./errors";
import { modifyJointly, removeTagsJointly, revokeJointly, setTagsJointly } from "./joint/byRule";
import { attemptOf } from "./stepText";
import type { Target } from "./target";
import { waitForGroup } from "./waitForGroup";

/** The outcome of changing rules. */
export interface Changed {
  /** The rules as they are now. */
  readonly rules: readonly PresentRule[];
  /** The error of the first rule that could not be changed. */
  readonly error?: EgressError;
}

/**
 * Changes existing rules step by step, up to the first step in which one fails; the other rules of that step still
 * change. Each call joins other calls of the moment.
 */
export async function changeRules(
  target: Target,
  groupId: string,
  steps: readonly ChangeStep[],
  present: readonly PresentRule[],
): Promise<Changed> {
  let rules = present;
  for (const step of steps) {
    const ids = idsOf(step);
    const outcomes = await Promise.allSettled(ids.map((id) => changeOne(target, groupId, step, id)));
    const done = new Set(ids.filter((_, place) => outcomes[place]?.status === "fulfilled"));
    rules = afterStep(rules, stepFor(step, done));
    const failed = outcomes.findIndex(({ status }) => status === "rejected");
    const [outcome, id] = [outcomes[failed], ids[failed]];
    if (outcome?.status !== "rejected" || id === undefined) continue;
    const attempt = attemptOf(target, groupId, stepFor(step, new Set([id])));
    const error = outcome.reason instanceof EgressError ? outcome.reason : explain(outcome.reason, attempt);
    return { rules, error };
  }
  return { rules };
}

async function changeOne(target: Target, groupId: string, step: ChangeStep, id: string): Promise<void> {
  try {
    await sendOne(target, groupId, step, id);
  } catch (error) {
    if (!isRuleMissing(error)) throw error;
    await confirmGone(target, groupId, `rule ${id} on ${groupId}`);
    // A revocation wants exactly that.
    if (step.action !== "revoke") throw error;
  }
}

async function sendOne(target: Target, groupId: string, step: ChangeStep, id: string): Promise<void> {
  switch (step.action) {
    case "modify": {
      const update = step.updates.find((one) => one.id === id);
      // The rule's own group exists: only the group that it references may be new.
      if (update) await waitForGroup(() => modifyJointly(target, { groupId }, update), groupId);
      return;
    }
    case "setTags":
      await setTagsJointly(target, { tags: step.tags }, { id });
      return;
    case "removeTags":
      await removeTagsJointly(target, { keys: step.keys }, { id });
      return;
    case "revoke":
      await revokeJointly(target, { groupId }, { id });
  }
}
