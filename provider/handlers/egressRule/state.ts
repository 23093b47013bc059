import { claimTag, OWNER_TAG } from "../../ec2/claim";
import { EgressError } from "../../ec2/errors";
import { failuresText, quote } from "../../rule/failure";
import { type IgnoredTags, withoutIgnored } from "../../rule/ignoredTags";
import { parse } from "../../rule/parse";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { sortedTags, type Tags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { declaredTags } from "../stackDefaults";
import type { EgressRuleInputs } from "./inputs";

/** What state keeps of a rule: its inputs except `adopt`, and what EC2 adds. No part is ever `undefined`. */
export type EgressRuleState = Omit<EgressRuleInputs, "adopt"> & {
  readonly securityGroupRuleId: string;
  readonly arn: string;
  readonly claim?: string;
};

/** The rule as EC2 should have it, under this claim. */
export function wantedRule(
  { tags: _, tagsAll, ...inputs }: EgressRuleInputs,
  claim: string | undefined,
): WantedRule {
  return { inputs, tags: { ...claimTag(claim), ...knownTags(tagsAll) }, weight: 1 };
}

/** The rule as state has it. */
export function presentRule(state: EgressRuleState): PresentRule {
  return { ...wantedRule(state, state.claim), id: state.securityGroupRuleId };
}

/** The state for these inputs, given what EC2 has of them. */
export function stateOf(
  { adopt: _, description: __, ...inputs }: EgressRuleInputs,
  { id, arn, inputs: { description }, tags }: PresentRule & { readonly arn: string },
): EgressRuleState {
  const { [OWNER_TAG]: claim, ...tagsAll }: Tags = tags;
  return { ...inputs, ...withoutUndefined({ description, claim }), tagsAll, securityGroupRuleId: id, arn };
}

/** The same for a rule that lacks some of what is declared: with the tags that a refresh would read. */
export function partialState(
  inputs: EgressRuleInputs,
  rule: PresentRule & { readonly arn: string },
  defaults: Tags,
): EgressRuleState {
  const { tags = {}, ...state } = stateOf(inputs, rule);
  const declared = declaredTags(knownTags(state.tagsAll), defaults, knownTags(tags));
  return { ...state, ...withoutUndefined({ tags: declared }) };
}

/**
 * Reads the inputs that check returned, or the outputs made from them, as a later verb receives them.
 *
 * It parses the identity again, and accepts the rest as is, because EC2 may hold what check would refuse.
 */
export function readInputs(props: unknown): EgressRuleInputs {
  const record = isRecord(props) ? props : {};
  const { description, tags, tagsAll, owner, region, adopt, ...named } = record;
  const { securityGroupRuleId, arn, claim, readOnly, ...rule } = named;
  const parsed = parse(rule);
  if ("failures" in parsed) {
    throw new EgressError(`reading the rule from state: ${failuresText(parsed.failures)}`);
  }
  return {
    ...parsed.inputs,
    region: text(region) ?? "",
    tagsAll: readTags(tagsAll) ?? readTags(tags) ?? {},
    ...withoutUndefined({
      description: text(description),
      tags: readTags(tags),
      owner: text(owner),
      adopt: typeof adopt === "boolean" ? adopt : text(adopt),
    }),
  };
}

/**
 * Reads the state of a rule.
 *
 * @param ignored the tags to ignore: state may still hold some from before they were ignored
 */
export function readState(id: string, props: unknown, ignored: IgnoredTags): EgressRuleState {
  const { adopt: _, tags, tagsAll, ...inputs } = readInputs(props);
  const { arn, claim }: UnknownRecord = isRecord(props) ? props : {};
  const kept = (some: Tags | Unknown) => (isUnknown(some) ? some : withoutIgnored(some, ignored));
  return {
    ...inputs,
    tagsAll: kept(tagsAll),
    securityGroupRuleId: id,
    arn: text(arn) ?? "",
    ...withoutUndefined({ tags: tags && kept(tags), claim: text(claim) }),
  };
}

export function readTags(value: unknown): Tags | Unknown | undefined {
  if (isUnknown(value)) return UNKNOWN;
  if (!isRecord(value)) return undefined;
  return sortedTags(
    Object.entries(value).map(([key, tag]) => [key, typeof tag === "string" ? tag : quote(tag)]),
  );
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Tags are known in every verb except check and diff. */
export function knownTags(tags: Tags | Unknown): Tags {
  if (isUnknown(tags)) throw new EgressError("the rule's tags are not known yet");
  return tags;
}
