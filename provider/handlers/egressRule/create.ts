import type { EC2Client } from "@aws-sdk/client-ec2";
import { EgressError, explain, isDuplicate, isQuotaExceeded, mayHaveTakenEffect } from "../../ec2/errors";
import { countRules, findById, findByIdentity } from "../../ec2/find";
import type { FoundRule, MadeRule } from "../../ec2/foundRule";
import { untilGivenUp } from "../../ec2/givingUp";
import { isOfProgram, isOwn, noteHeld } from "../../ec2/held";
import { renewedMark, sameOwner } from "../../ec2/mark";
import { authorizeStep, type Step, take } from "../../ec2/steps";
import { noteTaken } from "../../ec2/taken";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { identity } from "../../rule/identity";
import { withoutUndefined } from "../../rule/record";
import { ruleOf, ruleTextOnGroup } from "../../rule/rule";
import type { Host } from "../host";
import { adoptRemedy, duplicateError, mayTake } from "./duplicate";
import type { EgressRuleInputs } from "./inputs";
import { carrying, type EgressRuleState, foundState, knownTags, readInputs, stateOf } from "./state";
import { updatePlan } from "./updatePlan";

/** Makes the rule, or takes over the one that is there where that is its own or may be adopted. */
export async function create(host: Host, props: unknown) {
  const inputs = readInputs(props);
  const target = host.target(inputs.region);
  const state = (await adoptNamed(target, inputs)) ?? (await authorize(target, inputs));
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
  if (sameOwner(found.owner, inputs.owner)) return undefined;
  const direction = found.isEgress ? "" : ", inbound";
  throw new EgressError(
    `adopting ${inputs.adopt}: it is ${ruleTextOnGroup(found.inputs)}${direction}, not ${ruleTextOnGroup(inputs)}.\nDeclare the rule as it is and adopt it, then change it; or leave out adopt to make another.`,
  );
}

/** @param isAgain whether what stood in its way was to go meanwhile */
async function authorize(
  target: Target,
  inputs: EgressRuleInputs,
  isAgain = false,
): Promise<EgressRuleState> {
  const step = authorizeStep(target, inputs, knownTags(inputs.tagsAll), inputs.owner);
  try {
    const made = (await waitForGroup(step.send)) ?? (await findByIdentity(target, inputs));
    if (made) return stateOfMade(target, made, inputs);
  } catch (error) {
    if (!isDuplicate(error)) return recover(error, step, target, inputs);
    const existing = await findByIdentity(target, inputs);
    const given =
      existing && isOthersHere(target, existing, inputs) && (await untilGivenUp(target.client, existing.id));
    const hasGone = existing === undefined || given === "by an update";
    if (hasGone && !isAgain) return authorize(target, inputs, true);
    if (existing === undefined) throw explain(error, step.attempt);
    const mayBeTaken = given === "by a replacement" || mayTake(target.client, existing, inputs);
    if (mayBeTaken) return takeOver(target, existing, inputs);
    throw duplicateError(error, step.attempt, existing, inputs.owner, adoptRemedy(existing, inputs));
  }
  throw new EgressError(
    `${step.attempt.doing}: EC2 took the rule, but neither its answer nor a look-up shows it.\nRun \`pulumi up\` again: the rule carries this resource's mark and will be found.`,
  );
}

/** With the mark that the rule really carries: a joint one, where it was made together with others. */
function stateOfMade({ client }: Target, made: MadeRule, inputs: EgressRuleInputs): EgressRuleState {
  noteHeld(client, made.id, inputs.owner);
  return stateOf(made.owner === undefined ? inputs : carrying(inputs, made.owner), made);
}

/** Whether a rule is that of another resource of this program. */
function isOthersHere({ client }: Target, existing: FoundRule, { owner }: EgressRuleInputs): boolean {
  return isOfProgram(client, existing, owner) && !isOwn(client, existing, owner);
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
    const { ipv4, ipv6 } = await countRules(target, inputs.securityGroupId).catch(failWith(told));
    throw new EgressError(
      `${told.message}\n${inputs.securityGroupId} has ${ipv4} rules for IPv4 and ${ipv6} for IPv6.`,
      {
        cause: error,
      },
    );
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
  for (const step of updatePlan(target, asFound, claimed)) await take(step);
  noteTaken(target.client, found.id, claimed.owner);
  noteHeld(target.client, found.id, inputs.owner);
  return stateOf(claimed, found);
}

/** Its own rule may be that of an earlier self, which is yet to be deleted: a renewed mark keeps it from that. */
function claim(client: EC2Client, inputs: EgressRuleInputs, found: FoundRule): EgressRuleInputs {
  if (inputs.owner === undefined || !isOwn(client, found, inputs.owner)) return inputs;
  return { ...inputs, owner: renewedMark(inputs.owner) };
}
