import { EgressError } from "../../ec2/errors";
import { OWNER_TAG } from "../../ec2/mark";
import { failuresText, quote } from "../../rule/failure";
import { parse } from "../../rule/parse";
import type { WantedRule } from "../../rule/plan/planStep";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { ruleKey } from "../../rule/ruleKey";
import { argsOfSet, type SetRule, type SetRules } from "../../rule/ruleSet";
import { sortedTags, type Tags } from "../../rule/tags";
import { isUnknown, UNKNOWN } from "../../rule/unknown";
import { readTags, text } from "../egressRule/state";

/** The arguments of an `EgressRuleSet` in canonical form, as check returns them and state keeps them. */
export interface EgressRuleSetInputs {
  readonly securityGroupId: string;
  readonly region: string;
  readonly rules: SetRules;
  /** Whether nothing but these rules may leave the group. */
  readonly exclusive?: boolean;
  readonly onDestroy?: "restoreDefault";
  /** Whether rules that exist already are taken over. */
  readonly adopt?: boolean;
  /** The tags of `aws:defaultTags`, which every rule has too. */
  readonly defaultTags?: Tags;
  /** How many rules each prefix list counts as, where that is more than one. */
  readonly listWeights?: { readonly [prefixListId: string]: number };
  /** The ownership mark. */
  readonly owner?: string;
}

/** What state keeps of a set: its inputs but for `adopt`, and the ids of its rules. No part is ever `undefined`. */
export type EgressRuleSetState = Omit<EgressRuleSetInputs, "adopt"> & {
  readonly ruleIds: { readonly [key: string]: string };
};

/** Inputs that check has returned, or outputs made of them, as a later verb gets them. */
export function readSetInputs(props: unknown): EgressRuleSetInputs {
  const given: UnknownRecord = isRecord(props) ? props : {};
  const { securityGroupId, region, rules, exclusive, onDestroy, adopt, defaultTags, listWeights, owner } =
    given;
  const tags = readTags(defaultTags);
  return {
    securityGroupId: text(securityGroupId) ?? "",
    region: text(region) ?? "",
    rules: readSetRules(rules),
    ...withoutUndefined({
      exclusive: exclusive === true ? true : undefined,
      onDestroy: onDestroy === "restoreDefault" ? ("restoreDefault" as const) : undefined,
      adopt: adopt === true ? true : undefined,
      defaultTags: isUnknown(tags) ? undefined : tags,
      listWeights: readWeights(listWeights),
      owner: text(owner),
    }),
  };
}

/** The state of a set, as the verbs that get it need it. */
export function readSetState(props: unknown): EgressRuleSetState {
  const { adopt: _, ...inputs } = readSetInputs(props);
  const { ruleIds }: UnknownRecord = isRecord(props) ? props : {};
  const ids = isRecord(ruleIds) ? Object.entries(ruleIds) : [];
  return {
    ...inputs,
    ruleIds: Object.fromEntries(ids.flatMap(([key, id]) => (typeof id === "string" ? [[key, id]] : []))),
  };
}

/** The rules of a set as they are to be in EC2, with the mark that they are to carry. */
export function wantedRules(inputs: EgressRuleSetInputs, owner: string | undefined): WantedRule[] {
  const mark = owner === undefined ? {} : { [OWNER_TAG]: owner };
  return argsOfSet(inputs.rules).map((args) => {
    const parsed = parse({ ...args, securityGroupId: inputs.securityGroupId });
    if ("failures" in parsed) {
      throw new EgressError(
        `reading the rules of ${inputs.securityGroupId} from state: ${failuresText(parsed.failures)}`,
      );
    }
    const { tags = {}, ...rule } = parsed.inputs;
    const own = isUnknown(tags) ? {} : tags;
    return {
      inputs: rule,
      tags: { ...mark, ...sortedTags(Object.entries({ ...inputs.defaultTags, ...own })) },
      weight: weightOf(rule, inputs),
    };
  });
}

export function weightOf(
  { prefixListId = "" }: RuleInputs,
  { listWeights = {} }: Pick<EgressRuleSetInputs, "listWeights">,
): number {
  return listWeights[prefixListId] ?? 1;
}

/** The key of a rule that is known, as those are that EC2 has. */
export function keyOf(inputs: RuleInputs): string {
  const key = ruleKey(inputs);
  if (key === undefined) throw new EgressError(`the rule is not known yet: ${quote(inputs)}`);
  return key;
}

function readSetRules(value: unknown): SetRules {
  const rules = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(rules.map(([key, rule]) => [key, isUnknown(rule) ? UNKNOWN : readSetRule(rule)]));
}

function readSetRule(value: unknown): SetRule {
  const { description, tags }: UnknownRecord = isRecord(value) ? value : {};
  const read = readTags(tags);
  return withoutUndefined({
    description: text(description),
    tags: read === undefined || isUnknown(read) || Object.keys(read).length === 0 ? undefined : read,
  });
}

function readWeights(value: unknown): { readonly [prefixListId: string]: number } | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).flatMap(([id, weight]): [string, number][] =>
    typeof weight === "number" ? [[id, weight]] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
