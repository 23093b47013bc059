import { isDuplicate, isGroupMissing, isRuleMissing, mayHaveTakenEffect } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/groupRules";
import { isGroupThere } from "../../ec2/groupThere";
import { plan } from "../../rule/plan/plan";
import type { RuleInputs } from "../../rule/rule";
import { isGroupDeclared } from "../../run/checkedRules";
import { isMarkDeclared } from "../../run/declared";
import { isKept } from "../../run/kept";
import { hasSuccessor } from "../../run/successors";
import { isTakenFrom } from "../../run/taken";
import { isWanted } from "../../run/wanted";
import type { Host } from "../host";
import { carryOut } from "./carryOut";
import { defaultRule, leaving, tellLeft } from "./leaving";
import { roomFor } from "./room";
import { readSetState } from "./state";
import { noteSeen, revokeUnseen, unseenOf } from "./unseen";
import { presentRule } from "./wanted";

/** How often the group is looked at anew where a rule goes while it is about to be revoked. */
const MOST_LOOKS = 3;

/**
 * Revokes the rules that still carry the mark that state knows them by, and where the set is exclusive those of
 * nobody too. What another resource has taken over stays.
 */
export async function remove(host: Host, _id: string, props: unknown): Promise<void> {
  const state = readSetState(props);
  const { securityGroupId } = state;
  const target = host.target(state.region);
  const context = {
    isTaken: (id: string) =>
      isTakenFrom(target.client, id, state.owner) || isKept(target.client, id, state.owner),
    isWanted: (rule: RuleInputs) => isWanted(target.client, rule),
    isDeclared: isMarkDeclared(host, state.owner),
    isSucceeded: hasSuccessor(target.client, securityGroupId),
    isGroupInUse: isGroupDeclared(target.client, securityGroupId),
  };
  const seen = new Set<string>();
  for (let look = 1; ; look++) {
    const found = noteSeen(seen, await findGroupRules(target, securityGroupId));
    const { gone, left, mayRestore } = leaving(found, state, context);
    if (found.length === 0 && mayRestore && !(await isGroupThere(target, securityGroupId))) return;
    const wanted = mayRestore ? [defaultRule(securityGroupId)] : [];
    const present = gone.map((rule) => presentRule(rule, state));
    const room = roomFor(wanted, { own: gone, others: left }, state, host.settings().rulesPerGroup);
    const { error } = await carryOut(
      target,
      securityGroupId,
      plan(wanted, present, room),
      present,
      context.isTaken,
    );
    if (error === undefined) {
      const unseen = unseenOf(state, seen, context.isTaken, context.isWanted);
      await revokeUnseen(target, securityGroupId, unseen);
      return tellLeft(left, state, context);
    }
    const { cause } = error;
    if (isGroupMissing(cause)) return;
    const isOvertaken = isDuplicate(cause) || isRuleMissing(cause) || mayHaveTakenEffect(cause);
    if (look === MOST_LOOKS || !isOvertaken) throw error;
  }
}
