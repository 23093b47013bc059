import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { ruleSet, type SetRule, type SetRules } from "../../rule/ruleSet";
import { STRANGERS, type Strangers } from "../../rule/strangers";
import type { Tags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { readTags, text } from "../egressRule/state";

/** The arguments of an `EgressRuleSet` in canonical form, as check returns them and state keeps them. */
export interface EgressRuleSetInputs {
  readonly securityGroupId: string;
  readonly region: string;
  readonly rules: SetRules;
  /** Whether the group may have only these rules. */
  readonly exclusive?: true | Unknown;
  /** What happens to undeclared rules; undefined if `exclusive` specifies it. */
  readonly strangers?: Strangers | Unknown;
  readonly onDestroy?: "restoreDefault" | Unknown;
  /** Whether to take over existing rules. */
  readonly adopt?: true | Unknown;
  /** The tags for every rule; a rule's own tag with the same key takes precedence. */
  readonly tags?: Tags | Unknown;
  /** The tags of `aws:defaultTags`, for every rule too. */
  readonly defaultTags?: Tags;
  /** How many rules each prefix list counts as, if more than one. */
  readonly listWeights?: { readonly [prefixListId: string]: number };
  /** The stack, if it claims its rules: `shop/prod`. */
  readonly owner?: string;
}

/** Reads the inputs that check returned, or the outputs made from them, as a later verb receives them. */
export function readSetInputs(props: unknown): EgressRuleSetInputs {
  const given: UnknownRecord = isRecord(props) ? props : {};
  const defaultTags = readTags(given.defaultTags);
  return {
    securityGroupId: text(given.securityGroupId) ?? "",
    region: text(given.region) ?? "",
    rules: readSetRules(given.rules),
    ...withoutUndefined({
      exclusive: oneOf<true | Unknown>([true, UNKNOWN], given.exclusive),
      strangers: oneOf<Strangers | Unknown>([...STRANGERS, UNKNOWN], given.strangers),
      onDestroy: oneOf<"restoreDefault" | Unknown>(["restoreDefault", UNKNOWN], given.onDestroy),
      adopt: oneOf<true | Unknown>([true, UNKNOWN], given.adopt),
      tags: readTags(given.tags),
      defaultTags: isUnknown(defaultTags) ? undefined : defaultTags,
      listWeights: readWeights(given.listWeights),
      owner: text(given.owner),
    }),
  };
}

/** The tags that all rules of a set share; a rule's own tag with the same key takes precedence. */
export function tagsOfAll({
  tags = {},
  defaultTags,
}: Pick<EgressRuleSetInputs, "tags" | "defaultTags">): Tags {
  return { ...defaultTags, ...(isUnknown(tags) ? {} : tags) };
}

/** The inputs as text, independent of the order of their properties. */
export function textOfInputs(inputs: EgressRuleSetInputs): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

function readSetRules(value: unknown): SetRules {
  // This is what check returns, too, whether the program or the engine made the rules unknown.
  if (isUnknown(value)) return ruleSet([UNKNOWN], []);
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
