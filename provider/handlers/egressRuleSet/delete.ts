import { type EgressError, explain, isDuplicate, isRuleMissing } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { findGroupRules } from "../../ec2/groupRules";
import { sameOwner } from "../../ec2/mark";
import { callOf } from "../../ec2/planSteps";
import { isTakenFrom } from "../../ec2/taken";
import type { Target } from "../../ec2/target";
import { identity } from "../../rule/identity";
import { inParts } from "../../rule/plan/plan";
import type { PlanStep, WantedRule } from "../../rule/plan/planStep";
import { ruleOf } from "../../rule/rule";
import { ruleKey } from "../../rule/ruleKey";
import type { Host } from "../host";
import { type EgressRuleSetState, readSetState } from "./inputs";

/** How often the group is looked at anew where a rule goes while it is about to be revoked. */
const MOST_LOOKS = 3;

/**
 * Revokes the rules that still carry the mark that state knows them by, and where the set is exclusive those of
 * nobody too. What another resource has taken over stays.
 */
export async function remove(host: Host, _id: string, props: unknown): Promise<void> {
  const state = readSetState(props);
  const target = host.target(state.region);
  const restored = state.onDestroy === "restoreDefault" ? [defaultRule(state.securityGroupId)] : [];
  const isRestored = (rule: WantedRule | FoundRule) =>
    restored.some((other) => identityOf(other) === identityOf(rule));
  for (let look = 1; ; look++) {
    const found = await findGroupRules(target, state.securityGroupId);
    const missing = found.some(isRestored) ? [] : restored;
    const gone = found.filter((rule) => !isRestored(rule) && isToGo(rule, state, target)).map(({ id }) => id);
    const steps: PlanStep[] = [
      ...inParts(missing).map((rules): PlanStep => ({ action: "authorize", rules, tags: {} })),
      ...inParts(gone).map((ids): PlanStep => ({ action: "revoke", ids, early: false })),
    ];
    const failed = await sendAll(target, state.securityGroupId, steps);
    if (failed === undefined) return;
    const isOvertaken = isDuplicate(failed.cause) || isRuleMissing(failed.cause);
    if (look === MOST_LOOKS || !isOvertaken) throw failed;
  }
}

/** What EC2 gives a new group for IPv4. IPv6 is opened only where IPv6 is said. */
const defaultRule = (securityGroupId: string): WantedRule => ({
  inputs: { securityGroupId, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
  tags: {},
  weight: 1,
});

function identityOf({ inputs }: Pick<WantedRule, "inputs">): string {
  return identity(ruleOf(inputs));
}

function isToGo(rule: FoundRule, state: EgressRuleSetState, { client }: Target): boolean {
  const { id, owner } = rule;
  if (isTakenFrom(client, id, state.owner)) return false;
  const isHeld = Object.values(state.ruleIds).includes(id);
  if (owner === state.owner && (owner !== undefined || isHeld)) return true;
  if (owner === undefined) return state.exclusive === true;
  // A successor of the same name has it, under a renewed mark.
  if (isHeld && !sameOwner(owner, state.owner)) {
    console.error(
      `rule ${id}, ${ruleKey(rule.inputs)}, on ${state.securityGroupId} belongs to ${owner} now: it is left in place`,
    );
  }
  return false;
}

async function sendAll(
  target: Target,
  groupId: string,
  steps: readonly PlanStep[],
): Promise<EgressError | undefined> {
  for (const step of steps) {
    const { attempt, send } = callOf(target, groupId, step);
    try {
      await send();
    } catch (error) {
      return explain(error, attempt);
    }
  }
  return undefined;
}
