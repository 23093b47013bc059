import type { PlanStep } from "../rule/plan/planStep";
import * as commands from "./commands";
import { EgressError, explain, isDryRunSuccess, isGroupMissing } from "./errors";
import { attemptOf } from "./stepText";
import type { Target } from "./target";

/**
 * Asks EC2 whether it would allow the steps of a plan, without carrying them out; returns the reason for the first
 * refusal.
 *
 * Ignores a missing group: `up` waits for a new one.
 */
export async function dryRun(
  target: Target,
  groupId: string,
  steps: readonly PlanStep[],
): Promise<string | undefined> {
  for (const step of steps) {
    const attempt = attemptOf(target, groupId, step);
    try {
      await send(target, groupId, step);
    } catch (error) {
      if (isDryRunSuccess(error) || isGroupMissing(error)) continue;
      return explain(error, { ...attempt, doing: `preflight of ${attempt.doing}` }).message;
    }
    throw new EgressError(`EC2 carried out ${attempt.action} although only a dry run was requested`);
  }
  return undefined;
}

const DRY_RUN = { DryRun: true } as const;

function send({ client }: Target, groupId: string, step: PlanStep): Promise<unknown> {
  switch (step.action) {
    case "authorize": {
      const rules = step.rules.map(({ inputs }) => inputs);
      return client.send(commands.authorizeCommand(groupId, rules, step.tags, DRY_RUN));
    }
    case "modify":
      return client.send(commands.modifyCommand(groupId, step.updates, DRY_RUN));
    case "setTags":
      return client.send(commands.setTagsCommand(step.ids, step.tags, DRY_RUN));
    case "removeTags":
      return client.send(commands.removeTagsCommand(step.ids, step.keys, DRY_RUN));
    case "revoke":
      return client.send(commands.revokeCommand(groupId, step.ids, DRY_RUN));
  }
}
