import { changeRules } from "../../ec2/changeRules";
import { confirmGone } from "../../ec2/confirmGone";
import { isGroupMissing } from "../../ec2/errors";
import { findHeldRules } from "../../ec2/find";
import { isGroupThere } from "../../ec2/groupThere";
import { plan } from "../../rule/plan/plan";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import type { Host } from "../host";
import { reasonToLeave, tellLeft } from "../leftInPlace";
import { carryOut } from "./carryOut";
import { roomFor } from "./reconcile";
import { holds } from "./standing";
import { homeOf, readSetState } from "./state";
import { tellStrangersLeft } from "./tellStrangers";
import { presentRule, rulesHeld } from "./wanted";

/**
 * Revokes the set's rules; a rule that is already gone is a success. State and EC2 only need to give each rule's id and
 * claim.
 *
 * Some rules stay in place, with a line that says so: those that another resource of this run holds or declares, those
 * with a different claim than state knows, and, in an exclusive set, those added since.
 */
export async function remove(host: Host, _id: string, props: unknown): Promise<void> {
  const state = readSetState(props, host.settings().ignoredTags);
  const { securityGroupId, onDestroy } = state;
  const { run } = host;
  const target = host.target(state.region, homeOf(state));
  const { rules, unreadable } = await findHeldRules(target, securityGroupId);
  const found = [...rules, ...unreadable];
  const byId = new Map(found.map((rule) => [rule.id, rule]));

  const isHeld = holds(state);
  const going: PresentRule[] = [];
  const unread: string[] = [];
  for (const { id, known } of rulesHeld(state)) {
    const rule = byId.get(id);
    const shown = rule ?? { id, ...(known && { inputs: known.inputs }) };
    const reason = reasonToLeave(run, shown, rule && isHeld(rule) ? rule.claim : state.claim);
    // Use EC2's version: a rule that a person has changed is no longer the one that another resource may declare.
    const there = rule === undefined ? known : "error" in rule ? undefined : presentRule(rule, state);
    if (reason !== undefined) tellLeft(id, securityGroupId, reason);
    else if (there) going.push(there);
    else unread.push(id);
  }
  const goingIds = new Set([...going.map(({ id }) => id), ...unread]);
  const left = found.filter(({ id }) => !goingIds.has(id));
  tellStrangersLeft(state, left);

  const mayRestore =
    onDestroy === "restoreDefault" && left.length === 0 && !run.checked.uses(securityGroupId);
  const isToRestore = mayRestore && (found.length > 0 || (await isGroupThere(target, securityGroupId)));
  if (mayRestore && !isToRestore) await confirmGone(target, securityGroupId, `group ${securityGroupId}`);
  const wanted = isToRestore ? [defaultRule(securityGroupId)] : [];
  const others = left.flatMap((rule) => ("error" in rule ? [] : [presentRule(rule, state)]));
  const room = roomFor(wanted, going, others, state, host.settings().rulesPerGroup);
  const terms = { stack: state.owner, adopt: true, held: goingIds };
  const steps = plan(wanted, going, room);
  const done = await carryOut({ run, target }, securityGroupId, steps, going, terms);
  const step = { action: "revoke", ids: unread, early: false } as const;
  const error = done.error ?? (await changeRules(target, securityGroupId, [step], [])).error;
  if (error && !isGroupMissing(error.cause)) throw error;
}

/** The IPv4 rule that EC2 gives a new group. It restores IPv6 only if the program specifies IPv6. */
function defaultRule(securityGroupId: string): WantedRule {
  return { inputs: { securityGroupId, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }, tags: {}, weight: 1 };
}
