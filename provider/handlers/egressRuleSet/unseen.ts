import { explain, isRuleMissing } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { revokeStep } from "../../ec2/steps";
import type { Target } from "../../ec2/target";
import type { RuleInputs } from "../../rule/rule";
import type { EgressRuleSetState } from "./state";
import { ruleOfKey } from "./wanted";

/** Rules of a set that no look at its group has shown, by key. */
export type Unseen = { readonly [key: string]: string };

/**
 * The rules that state holds and that none of these looks shows, but for those that are another's by now, or that
 * another wants.
 *
 * They may be gone; or EC2, whose reads are behind its changes at times, shows them later.
 */
export function unseenOf(
  { ruleIds, securityGroupId }: EgressRuleSetState,
  seen: ReadonlySet<string>,
  isTaken: (id: string) => boolean,
  isWanted: (rule: RuleInputs) => boolean,
): Unseen {
  const isLeft = ([key, id]: readonly [string, string]) =>
    seen.has(id) || isTaken(id) || isWanted(ruleOfKey(key, securityGroupId));
  return Object.fromEntries(Object.entries(ruleIds).filter((one) => !isLeft(one)));
}

/** Revokes rules by their ids, whether they are seen or not; those that are gone are what was wanted. */
export async function revokeUnseen(target: Target, groupId: string, unseen: Unseen): Promise<void> {
  const revoke = async (id: string) => {
    const { send, attempt } = revokeStep(target, id, groupId);
    try {
      await send();
    } catch (error) {
      if (!isRuleMissing(error)) throw explain(error, attempt);
    }
  };
  const outcomes = await Promise.allSettled(Object.values(unseen).map(revoke));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

export function noteSeen(seen: Set<string>, found: readonly FoundRule[]): readonly FoundRule[] {
  for (const { id } of found) seen.add(id);
  return found;
}
