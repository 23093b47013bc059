import { EgressError, explain, isDuplicate, isRuleMissing, mayHaveTakenEffect } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { findGroupRules } from "../../ec2/groupRules";
import { renewedMark, sameOwner } from "../../ec2/mark";
import { callOf } from "../../ec2/planSteps";
import { isTakenFrom, noteTaken } from "../../ec2/taken";
import type { Target } from "../../ec2/target";
import { waitForGroup } from "../../ec2/waitForGroup";
import { identity } from "../../rule/identity";
import { afterStep } from "../../rule/plan/afterStep";
import { plan } from "../../rule/plan/plan";
import type { PlanStep, PresentRule, WantedRule } from "../../rule/plan/planStep";
import type { Room } from "../../rule/plan/room";
import { ruleOf } from "../../rule/rule";
import { overQuotaText, weightsOf } from "../../rule/weight";
import { type EgressRuleSetInputs, keyOf, wantedRules } from "./inputs";
import { presentRule, type Standing, standing } from "./standing";
import { type EgressRuleSetState, stateOf } from "./state";

/** What a set knew of its group before. */
export interface Before {
  /** The ids of the rules that are in its state. */
  readonly ids: readonly string[];
  /** The mark that they carry. */
  readonly owner: string | undefined;
}

/** Where a run got to when a call failed. */
export class Interrupted extends EgressError {
  constructor(
    cause: EgressError,
    readonly state: EgressRuleSetState,
  ) {
    super(cause.message, { cause });
  }
}

/** How often a group is looked at anew, after an answer was lost or others changed it at the same time. */
const MOST_LOOKS = 3;

/** Brings the rules of a group to what is declared; throws `Interrupted` where that ended half-way. */
export async function reconcile(
  target: Target,
  inputs: EgressRuleSetInputs,
  before: Before,
  quota: number,
): Promise<EgressRuleSetState> {
  const first = await findGroupRules(target, inputs.securityGroupId);
  const owner = markOf(inputs, before, first);
  const wanted = wantedRules(inputs, owner);
  const isTaken = (id: string) => isTakenFrom(target.client, id, before.owner);
  const planFor = (found: readonly FoundRule[]) => {
    const made = found.filter((rule) => isMadeSince(rule, first, inputs)).map(({ id }) => id);
    const held = { ids: new Set([...before.ids, ...made]), owner: before.owner, isTaken };
    const { own, others } = standing(found, inputs, held);
    const present = own.map((rule) => presentRule(rule, inputs));
    return { present, steps: plan(wanted, present, roomFor(wanted, { own, others }, inputs, quota)) };
  };

  let { present, steps } = planFor(first);
  const isNew = before.ids.length === 0;
  for (let look = 1; ; look++) {
    const run = await carryOut(target, inputs.securityGroupId, steps, present, isNew);
    const isDone = run.error === undefined && hasAll(run.rules, wanted);
    if (isDone) {
      noteTakenOver(target, present, before, owner);
      return stateOf(inputs, run.rules, owner);
    }
    try {
      if (look === MOST_LOOKS || !mayBeOtherwise(run.error?.cause)) throw run.error ?? notShown(inputs);
      ({ present, steps } = planFor(await findGroupRules(target, inputs.securityGroupId)));
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      throw new Interrupted(error, stateOf(inputs, run.rules, owner));
    }
  }
}

/** Whether a rule is what this run has made, though no answer said so: it was not there before, and is wanted. */
function isMadeSince(rule: FoundRule, first: readonly FoundRule[], { rules }: EgressRuleSetInputs): boolean {
  return Object.hasOwn(rules, keyOf(rule.inputs)) && !first.some(({ id }) => id === rule.id);
}

function notShown({ securityGroupId }: EgressRuleSetInputs): EgressError {
  return new EgressError(
    `${securityGroupId}: EC2 took the rules, but neither its answer nor a look-up shows all of them.\nRun \`pulumi up\` again.`,
  );
}

/** For the resources that had them: their delete, in this run, must leave them. */
function noteTakenOver(
  { client }: Target,
  present: readonly PresentRule[],
  before: Before,
  owner: string | undefined,
): void {
  const held = new Set(before.ids);
  for (const { id } of present) if (!held.has(id)) noteTaken(client, id, owner);
}

interface Run {
  readonly rules: readonly PresentRule[];
  readonly error?: EgressError;
}

async function carryOut(
  target: Target,
  groupId: string,
  steps: readonly PlanStep[],
  present: readonly PresentRule[],
  isNew: boolean,
): Promise<Run> {
  let rules = present;
  for (const step of steps) {
    if (step.action === "revoke" && step.early) {
      console.error(
        `${groupId} has no room for all of its old and new rules: ${step.ids.length} of the old ones are revoked first`,
      );
    }
    const { attempt, send } = callOf(target, groupId, step);
    try {
      // The group of a new set may have been made a moment ago.
      const made = await (isNew ? waitForGroup(send) : send());
      rules = afterStep(rules, step, made);
    } catch (error) {
      return { rules, error: explain(error, attempt) };
    }
  }
  return { rules };
}

/** Whether looking again may show another picture than the one that the plan was made from. */
function mayBeOtherwise(error: unknown): boolean {
  return error === undefined || mayHaveTakenEffect(error) || isDuplicate(error) || isRuleMissing(error);
}

function hasAll(rules: readonly PresentRule[], wanted: readonly WantedRule[]): boolean {
  const present = new Set(rules.map(({ inputs }) => identity(ruleOf(inputs))));
  return wanted.every(({ inputs }) => present.has(identity(ruleOf(inputs))));
}

/**
 * The mark that the rules are to carry: the one that they have, if that is the declared one, renewed or not. A new set
 * that finds rules of its own renews it, so that the delete of an earlier self leaves them.
 */
function markOf(
  { owner }: EgressRuleSetInputs,
  before: Before,
  found: readonly { readonly owner?: string }[],
): string | undefined {
  if (owner === undefined) return undefined;
  if (sameOwner(before.owner, owner)) return before.owner;
  return found.some((rule) => sameOwner(rule.owner, owner)) ? renewedMark(owner) : owner;
}

/** The room in a group; throws, before anything is sent, where what is declared does not fit beside the others. */
function roomFor(
  wanted: readonly WantedRule[],
  { own, others }: Standing,
  inputs: EgressRuleSetInputs,
  quota: number,
): Room {
  const staying = weightsOf(others.map((rule) => presentRule(rule, inputs)));
  const now = weightsOf([...own, ...others].map((rule) => presentRule(rule, inputs)));
  const after = weightsOf([...wanted, ...others.map((rule) => presentRule(rule, inputs))]);
  // A group that holds more already has a higher quota than it is said to have.
  const actual = Math.max(quota, ...now.values());
  const text = overQuotaText(inputs.securityGroupId, after, actual);
  if (text !== undefined) throw new EgressError(text);
  return { quota: actual, others: staying };
}
