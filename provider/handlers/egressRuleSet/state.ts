import { partitionOf } from "../../ec2/arn";
import { OWNER_TAG } from "../../ec2/claim";
import type { Account } from "../../ec2/client/account";
import { EgressError } from "../../ec2/errors";
import { quote } from "../../rule/failure";
import { type IgnoredTags, withoutIgnored } from "../../rule/ignoredTags";
import type { PresentRule } from "../../rule/plan/planStep";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { ruleKey } from "../../rule/ruleKey";
import { keysOf, type SetRule } from "../../rule/ruleSet";
import type { Tags } from "../../rule/tags";
import { isUnknown, type Unknown } from "../../rule/unknown";
import { text } from "../egressRule/state";
import { declaredTags } from "../stackDefaults";
import { type EgressRuleSetInputs, readSetInputs, tagsOfAll } from "./inputs";

/** What state keeps of a set: its inputs except `adopt`, and what EC2 adds. No part is ever `undefined`. */
export type EgressRuleSetState = Omit<EgressRuleSetInputs, "adopt"> & {
  /** The ids of its rules, by key. Excludes strangers that a refresh shows in an exclusive set. */
  readonly ruleIds: RuleIds;
  /** The claim that all of its rules carry; undefined if one of them has lost it. */
  readonly claim?: string;
  /** The account of its group, once EC2 has returned it. */
  readonly account?: string;
};

type RuleIds = { readonly [key: string]: string };

/**
 * Reads the state of a set.
 *
 * @param ignored the tags to ignore: state may still hold some from before they were ignored
 */
export function readSetState(props: unknown, ignored: IgnoredTags): EgressRuleSetState {
  const { adopt: _, rules, tags, defaultTags, ...inputs } = readSetInputs(props);
  const { ruleIds, claim, account }: UnknownRecord = isRecord(props) ? props : {};
  const kept = (rule: SetRule | Unknown) =>
    isUnknown(rule) || rule.tags === undefined ? rule : { ...rule, tags: withoutIgnored(rule.tags, ignored) };
  return {
    ...inputs,
    rules: Object.fromEntries(Object.entries(rules).map(([key, rule]) => [key, kept(rule)])),
    ruleIds: readIds(ruleIds),
    ...withoutUndefined({
      tags: tags === undefined || isUnknown(tags) ? tags : withoutIgnored(tags, ignored),
      defaultTags: defaultTags && withoutIgnored(defaultTags, ignored),
      claim: text(claim),
      account: text(account),
    }),
  };
}

/** The account of the set's group, as state knows it. */
export function homeOf({ region, account }: EgressRuleSetState): Account | undefined {
  return account === undefined ? undefined : { partition: partitionOf(region), id: account };
}

/**
 * The state of a set with these rules.
 *
 * @param known the claim and the account, as far as they are known
 * @param strangers visible rules that the set does not own
 */
export function stateOf(
  { adopt: _, ...inputs }: EgressRuleSetInputs,
  rules: readonly PresentRule[],
  known: { readonly claim?: string | undefined; readonly account?: string | undefined },
  strangers: readonly PresentRule[] = [],
): EgressRuleSetState {
  const declaredKey = keysOf(inputs.rules);
  const keyed = (some: readonly PresentRule[]) =>
    some.map((rule) => [declaredKey(rule.inputs) ?? keyOf(rule.inputs), rule] as const);
  const own = keyed(rules);
  return {
    ...inputs,
    rules: sorted([...own, ...keyed(strangers)].map(([key, rule]) => [key, setRule(key, rule, inputs)])),
    ruleIds: sorted(own.map(([key, { id }]) => [key, id])),
    ...withoutUndefined(known),
  };
}

/** The key of a known rule, such as any that EC2 has. */
export function keyOf(inputs: RuleInputs): string {
  const key = ruleKey(inputs);
  if (key === undefined) throw new EgressError(`the rule is not known yet: ${quote(inputs)}`);
  return key;
}

function setRule(
  key: string,
  { inputs, tags }: PresentRule,
  ofSet: Omit<EgressRuleSetInputs, "adopt">,
): SetRule {
  const declared = ofSet.rules[key];
  const own = typeof declared === "object" ? (declared.tags ?? {}) : {};
  const { [OWNER_TAG]: _, ...others }: Tags = tags;
  return withoutUndefined({
    description: inputs.description,
    tags: declaredTags(others, tagsOfAll(ofSet), own),
  });
}

function sorted<T>(entries: readonly (readonly [string, T])[]): { readonly [key: string]: T } {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readIds(value: unknown): RuleIds {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([key, id]) => (typeof id === "string" ? [[key, id]] : [])));
}
