import { changeRules } from "../../ec2/changeRules";
import { OWNER_TAG } from "../../ec2/claim";
import { ownerOf } from "../../ec2/client/groupOwners";
import { confirmGone } from "../../ec2/confirmGone";
import { EgressError } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import { untilGroupThere } from "../../ec2/groupThere";
import { plan } from "../../rule/plan/plan";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import type { Room } from "../../rule/plan/room";
import { overQuotaText, weightsOf } from "../../rule/quota";
import { keysOf } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import type { Host } from "../host";
import { reasonToLeave, tellLeft } from "../leftInPlace";
import { carryOut } from "./carryOut";
import type { EgressRuleSetInputs } from "./inputs";
import { standing, termsOf } from "./standing";
import { type EgressRuleSetState, homeOf, keyOf, stateOf } from "./state";
import { tellTakenAway } from "./tellStrangers";
import { presentRule, rulesInState, wantedRules } from "./wanted";

/** The outcome for a set: its state, and the failure that stopped it halfway. */
export interface Reconciled {
  readonly state: EgressRuleSetState;
  /** The keys of the rules that existed before and that no stack claimed. */
  readonly adopted: ReadonlySet<string>;
  readonly error?: EgressError;
}

/**
 * Updates the rules of a group to the declared ones.
 *
 * @param olds the state of the set, unless it is new
 */
export async function reconcile(
  host: Host,
  inputs: EgressRuleSetInputs,
  olds?: EgressRuleSetState,
): Promise<Reconciled> {
  const { securityGroupId } = inputs;
  const target = host.target(inputs.region, olds && homeOf(olds));
  const look = () => findGroupRules(target, securityGroupId);
  const found = await look();
  if (found.length === 0 && Object.keys(olds?.ruleIds ?? {}).length > 0) {
    await confirmGone(target, securityGroupId, `group ${securityGroupId}`);
  }
  // A new group may have rules that are not visible yet, and no other resource would revoke them.
  const mayBeBlind = hasGroupToItself(inputs) && olds === undefined && found.length === 0;
  if (!mayBeBlind) return bring(host, inputs, olds, found);
  // A set that refuses strangers must see them before it changes anything.
  if (Object.keys(inputs.rules).length === 0 || inputs.strangers === "refuse") {
    await untilGroupThere(target, securityGroupId);
    return bring(host, inputs, olds, await look());
  }
  const done = await bring(host, inputs, olds, found);
  if (done.error) return done;
  try {
    const { stranger } = standing(await look(), inputs, done.state, host.run);
    // Revoke only these strangers: a fresh plan could miss new rules that are not visible yet.
    const strangers = stranger.map((rule) => presentRule(rule, inputs));
    const step = { action: "revoke", ids: strangers.map(({ id }) => id), early: false } as const;
    const { rules, error } = await changeRules(target, securityGroupId, [step], strangers);
    tellTakenAway(securityGroupId, strangers, rules);
    return error ? { ...done, error } : done;
  } catch (error) {
    if (error instanceof EgressError) return { ...done, error };
    throw error;
  }
}

/** Plans from the rules that a look-up found, and carries out the plan. */
async function bring(
  host: Host,
  inputs: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
  found: readonly FoundRule[],
): Promise<Reconciled> {
  const { run } = host;
  const { securityGroupId } = inputs;
  const target = host.target(inputs.region, olds && homeOf(olds));
  const terms = termsOf(inputs, olds);
  const { own, stranger, other } = standing(found, inputs, olds, run);
  const taken = new Set(own.flatMap(({ id }) => (terms.held.has(id) ? [] : [id])));
  // Note them at once, so that no other resource revokes them from now on.
  for (const id of taken) run.claimed.add(id);
  for (const rule of other) {
    const reason = terms.held.has(rule.id) ? reasonToLeave(run, rule, olds?.claim) : undefined;
    if (reason !== undefined) tellLeft(rule.id, securityGroupId, reason);
  }

  // A list counts until its rule is gone.
  const counted = withWeights(inputs, { ...olds?.listWeights, ...inputs.listWeights });
  const toPresent = (rules: readonly FoundRule[]) => rules.map((rule) => presentRule(rule, counted));
  const [present, strangers] = [toPresent(own), toPresent(stranger)];
  const claim = inputs.owner && run.claim(inputs.owner, olds?.claim);
  const wanted = wantedRules(inputs, claim, present);
  const room = roomFor(
    wanted,
    [...present, ...strangers],
    toPresent(other),
    counted,
    host.settings().rulesPerGroup,
  );
  const unseen = olds ? unseenOf(olds, found, inputs) : { leaving: [], wanted: [] };
  const leaving = unseen.leaving.map(({ id }) => id);

  const done = await carryOut(
    { run, target },
    securityGroupId,
    [
      ...plan(wanted, [...present, ...strangers], room),
      ...(leaving.length > 0 ? [{ action: "revoke", ids: leaving, early: false } as const] : []),
    ],
    [...present, ...strangers, ...unseen.leaving],
    terms,
  );
  if (olds) tellTakenAway(securityGroupId, strangers, done.rules);

  const isWanted = keysOf(inputs.rules);
  const strangerIds = new Set(strangers.map(({ id }) => id));
  const isOurs = (rule: PresentRule) =>
    terms.held.has(rule.id) ||
    done.obtained.has(rule.id) ||
    // Skip a stranger that became a rule of the set.
    (strangerIds.has(rule.id) && isWanted(rule.inputs) !== undefined) ||
    (taken.has(rule.id) && (claim === undefined || rule.tags[OWNER_TAG] === claim));
  const rules = done.rules.filter(isOurs);
  const account = ownerOf(target.client, securityGroupId) ?? olds?.account;
  const known = { claim: knownClaim(rules, claim, inputs, olds), account };
  const adoptedIds = new Set(
    own.flatMap(({ id, claim }) => (taken.has(id) && claim === undefined ? [id] : [])),
  );
  const isAdopted = ({ id }: PresentRule) =>
    (adoptedIds.has(id) || done.adopted.has(id)) && !terms.held.has(id);
  const adopted = new Set(rules.filter(isAdopted).map((rule) => isWanted(rule.inputs) ?? keyOf(rule.inputs)));
  if (done.error === undefined) return { state: stateOf(inputs, rules, known), adopted };
  return { state: stateOf(counted, [...unseen.wanted, ...rules], known), adopted, error: done.error };
}

/** The claim to keep in state. */
function knownClaim(
  rules: readonly PresentRule[],
  claim: string | undefined,
  { owner }: EgressRuleSetInputs,
  olds: EgressRuleSetState | undefined,
): string | undefined {
  // If the stack claims nothing any more, its rules keep their claims.
  if (owner === undefined) return olds?.claim;
  if (rules.every(({ tags }) => tags[OWNER_TAG] === claim)) return claim;
  // After a rename of the stack, some rules may still carry the old claim.
  return olds?.claim === claim ? undefined : olds?.claim;
}

function withWeights(
  inputs: EgressRuleSetInputs,
  listWeights: { readonly [prefixListId: string]: number },
): EgressRuleSetInputs {
  return Object.keys(listWeights).length === 0 ? inputs : { ...inputs, listWeights };
}

/** The rules in state that a look-up does not show: they are gone, or EC2's reads lag behind. */
function unseenOf(olds: EgressRuleSetState, found: readonly FoundRule[], { rules }: EgressRuleSetInputs) {
  const seen = new Set(found.map(({ id }) => id));
  const declaredKey = keysOf(rules);
  const unseen = rulesInState(olds).filter(({ id }) => !seen.has(id));
  const isWanted = ({ inputs }: PresentRule) => declaredKey(inputs) !== undefined;
  return { wanted: unseen.filter(isWanted), leaving: unseen.filter((rule) => !isWanted(rule)) };
}

/** The room in a group; throws before any request if the wanted rules do not fit beside the rules of others. */
export function roomFor(
  wanted: readonly WantedRule[],
  present: readonly PresentRule[],
  others: readonly PresentRule[],
  { securityGroupId }: Pick<EgressRuleSetInputs, "securityGroupId">,
  quota: number,
): Room {
  // A group that already holds more has a higher quota than the configuration says.
  const actual = Math.max(quota, ...weightsOf([...present, ...others]).values());
  const whose =
    others.length === 0 ? "this set declares" : `with ${others.length} that the set does not own, there are`;
  const text = overQuotaText(securityGroupId, weightsOf([...wanted, ...others]), actual, whose);
  if (text !== undefined) throw new EgressError(text);
  return { quota: actual, others: weightsOf(others) };
}
