import type { EC2Client } from "@aws-sdk/client-ec2";
import { EgressError, explain, isDuplicate, isQuotaExceeded, mayHaveTakenEffect } from "../../ec2/errors";
import { findById, findByIdentity, usedText } from "../../ec2/find";
import type { FoundRule, MadeRule } from "../../ec2/foundRule";
import { renewedMark, sameOwner } from "../../ec2/mark";
import { authorizeStep, type Step, take } from "../../ec2/steps";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { identity } from "../../rule/identity";
import { withoutUndefined } from "../../rule/record";
import { ruleOf, ruleTextOnGroup } from "../../rule/rule";
import { howGivenUp, isUpdatedSince, momentOf, untilHeardOf } from "../../run/givingUp";
import { isLeftBehind, isOfProgram, isOwn, noteHeld } from "../../run/held";
import { noteKept } from "../../run/kept";
import { noteTaken } from "../../run/taken";
import { wanting } from "../../run/wanted";
import type { Host } from "../host";
import { adoptRemedy, duplicateError, mayTake } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { carrying, type EgressRuleState, foundState, knownTags, readInputs, stateOf } from "./state";
import { updatePlan } from "./updatePlan";

/** Makes the rule, or takes over the one that is there where that is its own or may be adopted. */
export async function create(host: Host, props: unknown) {
  const inputs = readInputs(props);
  const target = host.target(inputs.region);
  const state = await wanting(
    target.client,
    [inputs],
    async () => (await adoptNamed(target, inputs)) ?? authorize(target, inputs),
  );
  noteKept(target.client, [state.securityGroupRuleId], state.owner);
  return { id: state.securityGroupRuleId, outs: { ...state } };
}

/** Takes over the rule that `adopt: "sgr-…"` names; undefined where it is gone or none is named. */
async function adoptNamed(target: Target, inputs: EgressRuleInputs): Promise<EgressRuleState | undefined> {
  if (typeof inputs.adopt !== "string") return undefined;
  const found = await findById(target, inputs.adopt);
  if (found === undefined) return undefined;
  if (found.isEgress && identity(ruleOf(found.inputs)) === identity(ruleOf(inputs))) {
    return takeOver(target, found, inputs);
  }
  // Adopted before, and now to be replaced by another rule: there is nothing left to adopt.
  const isUnmarkedOwn = found.owner === undefined && isOfProgram(target.client, found, inputs.owner);
  if (isUnmarkedOwn || sameOwner(found.owner, inputs.owner)) return undefined;
  const direction = found.isEgress ? "" : ", inbound";
  throw new EgressError(
    `adopting ${inputs.adopt}: it is ${ruleTextOnGroup(found.inputs)}${direction}, not ${ruleTextOnGroup(inputs)}.\nDeclare the rule as it is and adopt it, then change it; or leave out adopt to make another.`,
  );
}

/** @param tries how often its place was taken by what has gone since, or was to go */
async function authorize(target: Target, inputs: EgressRuleInputs, tries = 1): Promise<EgressRuleState> {
  const step = authorizeStep(target, inputs, knownTags(inputs.tagsAll), inputs.owner);
  try {
    const made = (await waitForGroup(step.send)) ?? (await findByIdentity(target, inputs));
    if (made) return stateOfMade(target, made, inputs);
  } catch (error) {
    return isDuplicate(error)
      ? ofDuplicate(error, step, target, inputs, tries)
      : recover(error, step, target, inputs);
  }
  throw new EgressError(
    `${step.attempt.doing}: EC2 took the rule, but neither its answer nor a look-up shows it.\nRun \`pulumi up\` again: the rule carries this resource's mark and will be found.`,
  );
}

/** With the mark that the rule really carries: a joint one, where it was made together with others. */
function stateOfMade({ client }: Target, made: MadeRule, inputs: EgressRuleInputs): EgressRuleState {
  noteHeld(client, [made.id], inputs.owner);
  return stateOf(made.owner === undefined ? inputs : carrying(inputs, made.owner), made);
}

const MOST_TRIES = 4;
const FIRST_PAUSE = 500;

/** What is left to do when the rule is there: to take it, to wait until it is another, or to say whose it is. */
async function ofDuplicate(
  error: unknown,
  { attempt }: Step,
  target: Target,
  inputs: EgressRuleInputs,
  tries: number,
): Promise<EgressRuleState> {
  const { client } = target;
  const moment = momentOf(client);
  const existing = await findByIdentity(target, inputs);
  if (existing === undefined) {
    // Gone meanwhile, or not to be seen yet.
    if (tries === MOST_TRIES) {
      throw new EgressError(
        `${explain(error, attempt).message}\nEC2 does not show that rule yet: run \`pulumi up\` again.`,
        { cause: error },
      );
    }
    await new Promise((resume) => setTimeout(resume, FIRST_PAUSE * 2 ** tries));
    return authorize(target, inputs, tries + 1);
  }
  // Whose a joint mark is, the diff of the resource that has the rule tells, which may be yet to come.
  const isSure = inputs.adopt !== undefined || sameOwner(existing.owner, inputs.owner);
  if (!isSure && isOfProgram(client, existing, inputs.owner)) await untilHeardOf(client, existing.id);
  if (tries < MOST_TRIES && (await isUpdatedSince(client, existing.id, moment))) {
    return authorize(target, inputs, tries + 1);
  }
  const isToTake = mayTake(client, existing, inputs);
  const isOthersHere = isOfProgram(client, existing, inputs.owner) && !isOwn(client, existing, inputs.owner);
  const isLeft = isOthersHere && isLeftBehind(client, existing);
  const isGivenUp = howGivenUp(client, existing.id) === "by a replacement";
  if (isToTake || isLeft || isGivenUp) return takeOver(target, existing, inputs);
  throw duplicateError(error, attempt, existing, inputs.owner, adoptRemedy(existing, inputs));
}

/** What is left to do when EC2 refuses a rule, or does not answer: it may be there all the same. */
async function recover(
  error: unknown,
  { attempt }: Step,
  target: Target,
  inputs: EgressRuleInputs,
): Promise<EgressRuleState> {
  if (error instanceof EgressError) throw error;
  const told = explain(error, attempt);
  if (mayHaveTakenEffect(error)) {
    const existing = await findByIdentity(target, inputs).catch(failWith(told));
    if (existing && isOwn(target.client, existing, inputs.owner)) return takeOver(target, existing, inputs);
  }
  if (isQuotaExceeded(error)) {
    const used = await usedText(target, inputs.securityGroupId).catch(failWith(told));
    throw new EgressError(`${told.message}\n${used}`, { cause: error });
  }
  throw told;
}

/** For a look-up after a failure: where EC2 refuses that too, what it said first tells more. */
function failWith(error: Error): () => never {
  return () => {
    throw error;
  };
}

/** Brings description, tags and mark of an existing rule to what is declared. */
async function takeOver(
  target: Target,
  found: FoundRule,
  inputs: EgressRuleInputs,
): Promise<EgressRuleState> {
  const asFound = withoutUndefined({ ...foundState(found, inputs.region), owner: found.owner });
  const claimed = claim(target.client, inputs, found);
  // At once: nobody revokes it from now on.
  noteTaken(target.client, found.id, claimed.owner);
  for (const step of updatePlan(target, asFound, claimed)) await take(step);
  noteHeld(target.client, [found.id], inputs.owner);
  return stateOf(claimed, found);
}

/** Its own rule may be that of an earlier self, which is yet to be deleted: a renewed mark keeps it from that. */
function claim(client: EC2Client, inputs: EgressRuleInputs, found: FoundRule): EgressRuleInputs {
  if (inputs.owner === undefined || !isOwn(client, found, inputs.owner)) return inputs;
  return { ...inputs, owner: renewedMark(inputs.owner) };
}
