import { changeRules } from "../ec2/changeRules";
import { stackOf } from "../ec2/claim";
import { type Attempt, EgressError, explain } from "../ec2/errors";
import { findGroupRules } from "../ec2/find";
import type { FoundRule } from "../ec2/foundRule";
import { identityOf } from "../rule/identity";
import { changesOf } from "../rule/plan/plan";
import type { ChangeStep, WantedRule } from "../rule/plan/planStep";
import { printable } from "../rule/printable";
import { weightsOf } from "../rule/quota";
import type { OutgoingRule } from "../run";
import { duplicateError, mayTake, type Terms } from "./duplicate";
import { groupOf, type Obtained, type Place, takeOver } from "./takeOver";

/**
 * Handles a full group: the rule may already exist, or a leaving rule can become the wanted one in one call. Otherwise
 * the error says what uses the quota.
 */
export async function inFullGroup(
  place: Place,
  wanted: WantedRule,
  terms: Terms,
  attempt: Attempt,
  refusal: unknown,
): Promise<Obtained> {
  const { run, target } = place;
  const full = explain(refusal, attempt);
  const group = groupOf(wanted);
  // If EC2 refuses the look-up, its first error says more.
  const found = await findGroupRules(target, group).catch(() => undefined);
  const there = found?.find((rule) => identityOf(rule) === identityOf(wanted));
  if (there && mayTake(there, terms)) return takeOver(place, there, wanted);
  if (there) throw duplicateError(full.cause, attempt, there);
  const leaving = run.claimOutgoing(wanted.inputs) ?? (await later(() => run.claimOutgoing(wanted.inputs)));
  if (leaving === undefined) throw found === undefined ? full : more(full, usedText(group, found));
  const { rules, error } = await changeRules(target, group, becoming(leaving, wanted), [leaving]);
  const [rule] = rules;
  if (rule !== undefined && rule.inputs !== leaving.inputs) {
    return { rule: { ...rule, arn: leaving.arn }, ...(error && { error }) };
  }
  run.claimed.delete(leaving.id);
  throw error === undefined ? full : more(full, error.message);
}

const PAUSE = 1_000;

/** The engine diffs one resource after another, and creates the first meanwhile: later diffs may free more rules. */
async function later<Found>(find: () => Found): Promise<Found> {
  await new Promise((resume) => setTimeout(resume, PAUSE));
  return find();
}

function more(error: EgressError, text: string): EgressError {
  return new EgressError(`${error.message}\n${text}`, { cause: error.cause });
}

function becoming(leaving: OutgoingRule, wanted: WantedRule): ChangeStep[] {
  const { id } = leaving;
  const other = { ...leaving, inputs: wanted.inputs };
  return [{ action: "modify", updates: [{ id, inputs: wanted.inputs }] }, ...changesOf(wanted, other)];
}

/** What uses the quota of a group, in words; a prefix list appears once. */
function usedText(groupId: string, rules: readonly FoundRule[]): string {
  const used = weightsOf(rules.map(({ inputs }) => ({ inputs, weight: 1 })));
  const stacks = new Map<string, number>();
  for (const { claim } of rules) {
    const whose = claim === undefined ? "without a claim" : `of ${printable(stackOf(claim))}`;
    stacks.set(whose, (stacks.get(whose) ?? 0) + 1);
  }
  const byStack = [...stacks]
    .sort(([, one], [, other]) => other - one)
    .map(([whose, count]) => `${count} ${whose}`);
  const ipv4 = used.get("IPv4") ?? 0;
  return `${groupId} has ${ipv4} ${ipv4 === 1 ? "rule" : "rules"} for IPv4 and ${used.get("IPv6") ?? 0} for IPv6: ${byStack.join(", ")}.`;
}
