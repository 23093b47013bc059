import { EgressError, explain, isDryRunSuccess, isGroupMissing } from "../ec2/errors";
import type { Step } from "../ec2/steps";
import { UNKNOWN } from "../rule/unknown";

/** Whether a call for these inputs can be asked for: nothing in them, not even a tag, is left for later to tell. */
export function isKnown(inputs: object): boolean {
  return !JSON.stringify(inputs).includes(UNKNOWN);
}

/**
 * Asks EC2 whether calls would be allowed, without making them; the reason of the first that would not.
 *
 * A group that is not there is left to `up`, which waits for one that was made a moment ago.
 */
export async function preflight(steps: readonly Step[]): Promise<string | undefined> {
  for (const { attempt, send } of steps) {
    try {
      await send({ DryRun: true });
    } catch (error) {
      if (isDryRunSuccess(error) || isGroupMissing(error)) continue;
      return explain(error, { ...attempt, doing: `preflight of ${attempt.doing}` }).message;
    }
    throw new EgressError(`EC2 carried out ${attempt.action}, of which it was asked for a dry run only`);
  }
  return undefined;
}
