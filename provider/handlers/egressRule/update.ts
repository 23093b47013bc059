import { EgressError, explain, isDuplicate } from "../../ec2/errors";
import { findById, findByIdentity } from "../../ec2/find";
import { standsFor } from "../../ec2/mark";
import type { Target } from "../../ec2/target";
import { noteUpdated } from "../../run/givingUp";
import { isTakenFrom } from "../../run/taken";
import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { duplicateError } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { type EgressRuleState, readInputs, readState, stateOf } from "./state";
import { type UpdateStep, updatePlan, withHeldMark } from "./updatePlan";

/** Brings a rule to what is declared; it keeps its id. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps);
  const news = withHeldMark(olds, readInputs(newProps));
  const target = host.target(olds.region);
  try {
    await carryOut(target, olds, news, newProps);
  } finally {
    noteUpdated(target.client, id);
  }
  return { outs: { ...stateOf(news, { id, arn: olds.arn }) } };
}

async function carryOut(target: Target, olds: EgressRuleState, news: EgressRuleInputs, newProps: unknown) {
  const whose = await newOwner(target, olds, news);
  if (whose !== undefined) {
    const told = new EgressError(
      `changing rule ${olds.securityGroupRuleId}: it belongs to ${whose} now.\nRun \`pulumi up\` again: this resource will get a rule of its own.`,
    );
    throw new PartialFailure(told, olds.securityGroupRuleId, { ...olds, passedOn: true }, newProps);
  }
  let done: EgressRuleState | undefined;
  for (const step of updatePlan(target, olds, news)) {
    try {
      await step.send();
    } catch (error) {
      const told = await explainUpdate(error, step, target, news);
      throw done === undefined ? told : new PartialFailure(told, olds.securityGroupRuleId, done, newProps);
    }
    done = step.after;
  }
}

/**
 * Whose a rule is that another resource has taken over, in this run or before it was first marked: it is no longer this
 * one's to change. That another program took it since is seen by a refresh; asking at every update would cost a call
 * each.
 */
async function newOwner(
  target: Target,
  olds: EgressRuleState,
  news: EgressRuleInputs,
): Promise<string | undefined> {
  const id = olds.securityGroupRuleId;
  const isFirstMark = olds.owner === undefined && news.owner !== undefined;
  const owner = isFirstMark ? (await findById(target, id))?.owner : undefined;
  if (owner !== undefined && !standsFor(owner, news.owner)) return owner;
  return olds.passedOn || isTakenFrom(target.client, id, olds.owner)
    ? "another resource of this program"
    : undefined;
}

async function explainUpdate(error: unknown, step: UpdateStep, target: Target, news: EgressRuleInputs) {
  const existing = isDuplicate(error) ? await findByIdentity(target, news) : undefined;
  if (existing === undefined) return explain(error, step.attempt);
  const remedy = `Only a new resource can adopt a rule, and ${news.securityGroupId} keeps a rule only once: remove that one, or declare another.`;
  return duplicateError(error, step.attempt, existing, news.owner, remedy);
}
