import {
  EgressError,
  isDuplicate,
  isGroupMissing,
  isRuleMissing,
  mayHaveTakenEffect,
} from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { untilGroupThere } from "../../ec2/groupThere";
import { OWNER_TAG, renewedMark, sameOwner } from "../../ec2/mark";
import type { Target } from "../../ec2/target";
import { identity } from "../../rule/identity";
import { plan } from "../../rule/plan/plan";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import { type RuleInputs, ruleOf } from "../../rule/rule";
import { keysOf } from "../../rule/ruleSet";
import { carryOut, type Run } from "./carryOut";
import type { EgressRuleSetInputs } from "./inputs";
import { settledRules } from "./look";
import { passing } from "./passing";
import { roomFor } from "./room";
import { standing } from "./standing";
import { type EgressRuleSetState, heldMarks, keyOf, stateOf } from "./state";
import { strangersAmong, tellStrangers } from "./strangers";
import { noteSeen, revokeUnseen, type Unseen, unseenOf } from "./unseen";
import { presentRule, wantedRules } from "./wanted";

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

/**
 * Brings the rules of a group to what is declared; throws `Interrupted` where that ended half-way.
 *
 * @param olds the state of the set, where it is not new
 */
export async function reconcile(
  target: Target,
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  quota: number,
): Promise<EgressRuleSetState> {
  const marks = olds ? heldMarks(olds) : new Map<string, string | undefined>();
  const look = () => settledRules(target, inputs, (id) => marks.has(id));
  const first = await firstLook(target, inputs, olds, look);
  const owner = markOf(inputs, olds, first);
  const { noteFound, isTaken, isLeft, ...passes } = passing(target, inputs, olds);
  const claims = { marks, isTaken, isLeft };
  const declaredKey = keysOf(inputs.rules);
  const isStranger = ({ id, inputs }: PresentRule) => !marks.has(id) && declaredKey(inputs) === undefined;
  const before = new Set(first.map(({ id }) => id));
  const seen = new Set<string>();
  const unseenNow = () => (olds ? unseenOf(olds, seen, isTaken, passes.isWanted) : {});
  const isMade = madeSince(before, inputs);
  // A list that is to go counts too, until it is gone.
  const listWeights = { ...olds?.listWeights, ...inputs.listWeights };
  const counted = { ...inputs, ...(Object.keys(listWeights).length > 0 && { listWeights }) };

  const planFor = (found: readonly FoundRule[]) => {
    noteFound(noteSeen(seen, found));
    for (const rule of found) if (isMade(rule)) marks.set(rule.id, undefined);
    const { own, others } = standing(found, inputs, claims);
    const present = own.map((rule) => presentRule(rule, counted));
    const taken = present.filter((rule) => !marks.has(rule.id) && !isStranger(rule));
    passes.take(
      taken.map(({ id }) => id),
      owner,
    );
    const wanted = wantedRules(inputs, owner === undefined ? marksOn(present) : () => owner);
    return {
      present,
      wanted,
      steps: plan(wanted, present, roomFor(wanted, { own, others }, counted, quota)),
    };
  };
  const stateAfter = (rules: readonly PresentRule[], declared: EgressRuleSetInputs) => {
    const isMarked = rules.some(({ tags }) => tags[OWNER_TAG] !== undefined);
    return stateOf(declared, rules, owner ?? (isMarked ? olds?.owner : undefined));
  };
  const isHeld = ({ id, tags }: PresentRule) =>
    marks.has(id) || (owner === undefined ? !before.has(id) : sameOwner(tags[OWNER_TAG], owner));

  let { present, wanted, steps } = planFor(first);
  for (let looks = 1; ; looks++) {
    const run = await carryOut(target, inputs.securityGroupId, steps, present, isTaken);
    if (olds) tellStrangers(inputs.securityGroupId, present.filter(isStranger), run.rules);
    if (isDone(run, wanted, inputs)) {
      const state = stateAfter(run.rules, inputs);
      // What is wanted still is there, made anew if it was gone.
      let unseen = withoutKeys(unseenNow(), state.ruleIds);
      try {
        if (mayBeBlind(first, inputs, olds)) unseen = idsByKey(strangersAmong(await look(), inputs, claims));
        await revokeUnseen(target, inputs.securityGroupId, unseen);
      } catch (error) {
        if (!(error instanceof EgressError)) throw error;
        throw new Interrupted(error, { ...state, ruleIds: { ...state.ruleIds, ...unseen } });
      }
      return state;
    }
    try {
      if (looks === MOST_LOOKS || !mayBeOtherwise(run.error?.cause)) throw run.error ?? notShown(inputs);
      ({ present, wanted, steps } = planFor(await look()));
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      // What is still to be taken over is another's until it is.
      const state = stateAfter(run.rules.filter(isHeld), counted);
      throw new Interrupted(error, { ...state, ruleIds: { ...unseenNow(), ...state.ruleIds } });
    }
  }
}

function idsByKey(rules: readonly FoundRule[]): Unseen {
  return Object.fromEntries(rules.map(({ id, inputs }) => [keyOf(inputs), id]));
}

function withoutKeys(unseen: Unseen, others: object): Unseen {
  return Object.fromEntries(Object.entries(unseen).filter(([key]) => !Object.hasOwn(others, key)));
}

/** A new group that nobody sees yet has the rule that lets everything out: nobody else would take it away. */
async function firstLook(
  target: Target,
  { securityGroupId, exclusive, rules }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  look: () => Promise<readonly FoundRule[]>,
): Promise<readonly FoundRule[]> {
  const found = await look();
  const isAllThere = found.length > 0 || Object.keys(rules).length > 0;
  if (isAllThere || !exclusive || olds !== undefined) return found;
  await untilGroupThere(target, securityGroupId);
  return look();
}

/** Whether a group has shown no rule to a new exclusive set, as one may that was made a moment ago and has some. */
function mayBeBlind(
  first: readonly FoundRule[],
  { exclusive, rules }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
): boolean {
  return exclusive === true && olds === undefined && first.length === 0 && Object.keys(rules).length > 0;
}

/**
 * Tells, where there are no marks, what this run has made though no answer said so: what was not there before, and is
 * wanted.
 */
function madeSince(before: ReadonlySet<string>, { rules, owner }: EgressRuleSetInputs) {
  const wantedKey = keysOf(rules);
  return (rule: FoundRule) =>
    owner === undefined &&
    rule.owner === undefined &&
    !before.has(rule.id) &&
    wantedKey(rule.inputs) !== undefined;
}

/** Where no mark is declared, those that there are stay where they are: to write one may not be allowed. */
function marksOn(present: readonly PresentRule[]): (rule: RuleInputs) => string | undefined {
  const marks = new Map(present.map((rule) => [identityOf(rule), rule.tags[OWNER_TAG]]));
  return (rule) => marks.get(identityOf({ inputs: rule }));
}

/** In an exclusive set not all is done where the group was seen only later than its rules. */
function isDone(run: Run, wanted: readonly WantedRule[], { exclusive }: EgressRuleSetInputs): boolean {
  if (run.error !== undefined || (exclusive && run.hasWaited)) return false;
  const present = new Set(run.rules.map(identityOf));
  return wanted.every((rule) => present.has(identityOf(rule)));
}

function identityOf({ inputs }: { readonly inputs: RuleInputs }): string {
  return identity(ruleOf(inputs));
}

function notShown({ securityGroupId }: EgressRuleSetInputs): EgressError {
  return new EgressError(
    `${securityGroupId}: EC2 took the rules, but neither its answer nor a look-up shows all of them.\nRun \`pulumi up\` again.`,
  );
}

/** Whether looking again may show another picture than the one that the plan was made from. */
function mayBeOtherwise(error: unknown): boolean {
  if (isGroupMissing(error)) return false;
  return error === undefined || mayHaveTakenEffect(error) || isDuplicate(error) || isRuleMissing(error);
}

/**
 * The mark that the rules are to carry: the one that they have, if that is the declared one, renewed or not. A new set
 * that finds rules of its own renews it, so that the delete of an earlier self leaves them.
 */
function markOf(
  { owner }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  found: readonly FoundRule[],
): string | undefined {
  if (owner === undefined) return undefined;
  if (sameOwner(olds?.owner, owner)) return olds?.owner;
  return found.some((rule) => sameOwner(rule.owner, owner)) ? renewedMark(owner) : owner;
}
