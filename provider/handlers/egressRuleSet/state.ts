import { EgressError } from "../../ec2/errors";
import { OWNER_TAG } from "../../ec2/mark";
import { quote } from "../../rule/failure";
import type { PresentRule } from "../../rule/plan/planStep";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { ruleKey } from "../../rule/ruleKey";
import { keysOf, type SetRule } from "../../rule/ruleSet";
import type { Tags } from "../../rule/tags";
import { declaredTags } from "../stackDefaults";
import { type EgressRuleSetInputs, readSetInputs } from "./inputs";

/** What state keeps of a set: its inputs but for `adopt`, and what EC2 named its rules. No part is ever `undefined`. */
export type EgressRuleSetState = Omit<EgressRuleSetInputs, "adopt"> & {
  /** The ids of its rules, by key. A stranger that a refresh has shown in an exclusive set is not among them. */
  readonly ruleIds: Texts;
  /** The marks of those of its rules that carry another than the set's, by key; "" for none. */
  readonly marks?: Texts;
};

type Texts = { readonly [key: string]: string };

/** The state of a set, as the verbs that get it need it. */
export function readSetState(props: unknown): EgressRuleSetState {
  const { adopt: _, ...inputs } = readSetInputs(props);
  const { ruleIds, marks }: UnknownRecord = isRecord(props) ? props : {};
  return {
    ...inputs,
    ruleIds: readTexts(ruleIds),
    ...(isRecord(marks) && { marks: readTexts(marks) }),
  };
}

/** The rules that a set holds by its state: their ids, each with the mark that it carries. */
export function heldMarks({
  ruleIds,
  marks = {},
  owner,
}: EgressRuleSetState): Map<string, string | undefined> {
  return new Map(Object.entries(ruleIds).map(([key, id]) => [id, (marks[key] ?? owner) || undefined]));
}

/**
 * The state of a set whose rules are these.
 *
 * @param owner the mark that its rules carry, or are to carry
 * @param strangers rules that are to be seen, and are not its own
 */
export function stateOf(
  { adopt: _, owner: __, ...inputs }: EgressRuleSetInputs,
  rules: readonly PresentRule[],
  owner: string | undefined,
  strangers: readonly PresentRule[] = [],
): EgressRuleSetState {
  const declaredKey = keysOf(inputs.rules);
  const keyed = (some: readonly PresentRule[]) =>
    some.map((rule) => [declaredKey(rule.inputs) ?? keyOf(rule.inputs), rule] as const);
  const own = keyed(rules);
  const marks = own.flatMap(([key, { tags }]) =>
    tags[OWNER_TAG] === owner ? [] : [[key, tags[OWNER_TAG] ?? ""] as const],
  );
  return {
    ...inputs,
    rules: sorted([...own, ...keyed(strangers)].map(([key, rule]) => [key, setRule(key, rule, inputs)])),
    ruleIds: sorted(own.map(([key, { id }]) => [key, id])),
    ...withoutUndefined({ owner, marks: marks.length > 0 ? sorted(marks) : undefined }),
  };
}

/** The key of a rule that is known, as those are that EC2 has. */
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
    tags: declaredTags(others, ofSet.defaultTags ?? {}, own),
  });
}

function sorted<T>(entries: readonly (readonly [string, T])[]): { readonly [key: string]: T } {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readTexts(value: unknown): Texts {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}
