import { defaultRegion } from "../../ec2/client/client";
import { ownerOf } from "../../ec2/client/groupOwners";
import { confirmGone } from "../../ec2/confirmGone";
import { EgressError } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import { isGroupThere } from "../../ec2/groupThere";
import { parseGroupId } from "../../rule/ids";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { namesStrangers, revokesStrangers } from "../../rule/strangers";
import type { Tags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import { isOfStack } from "../duplicate";
import { text } from "../egressRule/state";
import type { Host } from "../host";
import { holds } from "./standing";
import { homeOf, readSetState, stateOf } from "./state";
import { tellUndeclared } from "./tellStrangers";
import { presentRule } from "./wanted";

/**
 * Reads the set from EC2: its own rules, or every rule of the group if the set is exclusive, or if it is only read and
 * no program says which rules are its own.
 */
export async function read(host: Host, id: string, props: unknown) {
  const olds = readSetState(props, host.settings().ignoredTags);
  const securityGroupId = parseGroupId(id, (reason) => {
    throw new EgressError(`reading the outbound rules of a group: ${reason}`);
  });
  const region = text(olds.region) ?? (await defaultRegion(host.settings()));
  if (securityGroupId === undefined || region === undefined) {
    throw new EgressError(`reading the rules of ${id}: no Region is set: set aws:region or AWS_REGION`);
  }
  const target = host.target(region, homeOf(olds));
  const found = await findGroupRules(target, securityGroupId);
  const isThere = found.length > 0 || (await isGroupThere(target, securityGroupId));
  if (!isThere && !isKnown(props)) {
    throw new EgressError(
      `reading the rules of ${securityGroupId}: ${region} has no such group: check its id and its Region`,
    );
  }
  // Without permission to describe the group, treat its rules as gone.
  const isGone = !isThere || (found.length === 0 && Object.keys(olds.ruleIds).length > 0);
  if (isGone) await confirmGone(target, securityGroupId, `group ${securityGroupId}`);
  if (!isThere) return { id: "", props: {} };

  const inputs = { ...olds, securityGroupId, region };
  const account = ownerOf(target.client, securityGroupId) ?? olds.account;
  const present = (rules: readonly FoundRule[]) => rules.map((rule) => presentRule(rule, inputs));
  if (isReadOnly(props)) {
    const { tags: _, ...untagged } = inputs;
    const outs = stateOf(untagged, present(found), { account });
    return { id, props: { ...outs, readOnly: true }, inputs: { region } };
  }
  const own = found.filter(holds(olds));
  const others = found.filter((rule) => !own.includes(rule));
  // Show what the next `up` revokes as a change, and report what it leaves.
  const strangers = revokesStrangers(inputs) ? others : [];
  if (namesStrangers(inputs)) tellUndeclared(inputs, others);
  // The next `up` claims all of them again.
  const isLost = isOfStack(olds, { stack: olds.owner }) && own.some((rule) => rule.claim === undefined);
  const claim = isLost ? undefined : olds.claim;
  const state = stateOf(inputs, present(own), {}, present(strangers));
  const tags = isUnknown(state.tags) ? undefined : onAll(state.tags, own);
  const seen = { ...state, ...withoutUndefined({ tags }) };
  const { ruleIds, ...declared } = withoutUndefined({ ...seen, claim: undefined, account: undefined });
  const ofRules = withoutUndefined({ claim, account, defaultTags: onAll(state.defaultTags, own) });
  return { id, props: { ...declared, ruleIds, ...ofRules }, inputs: declared };
}

/** The tags of the set that every rule still carries. */
function onAll(ofAll: Tags | undefined, own: readonly FoundRule[]): Tags | undefined {
  const kept = Object.entries(ofAll ?? {}).filter(([key]) =>
    own.every(({ tags }) => Object.hasOwn(tags, key)),
  );
  return ofAll && Object.fromEntries(kept);
}

/** What `EgressRuleSet.get` reads: at first only an id, later a state that says it was read. */
function isReadOnly(props: unknown): boolean {
  return !isKnown(props) || props.readOnly === true;
}

function isKnown(props: unknown): props is UnknownRecord {
  return isRecord(props) && isRecord(props.ruleIds);
}
