import { OWNER_TAG } from "../../ec2/mark";
import type { PresentRule } from "../../rule/plan/planStep";
import { withoutUndefined } from "../../rule/record";
import type { SetRule } from "../../rule/ruleSet";
import type { Tags } from "../../rule/tags";
import { declaredTags } from "../stackDefaults";
import { type EgressRuleSetInputs, type EgressRuleSetState, keyOf } from "./inputs";

export type { EgressRuleSetState } from "./inputs";

/** The state of a set whose rules are these. */
export function stateOf(
  { adopt: _, owner: __, ...inputs }: EgressRuleSetInputs,
  rules: readonly PresentRule[],
  owner: string | undefined,
): EgressRuleSetState {
  const keyed = rules.map((rule) => [keyOf(rule.inputs), rule] as const);
  const sorted = [...keyed].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...inputs,
    rules: Object.fromEntries(sorted.map(([key, rule]) => [key, setRule(key, rule, inputs)])),
    ruleIds: Object.fromEntries(sorted.map(([key, { id }]) => [key, id])),
    ...withoutUndefined({ owner }),
  };
}

function setRule(key: string, { inputs, tags }: PresentRule, ofSet: EgressRuleSetInputs): SetRule {
  const declared = ofSet.rules[key];
  const own = typeof declared === "object" ? (declared.tags ?? {}) : {};
  const { [OWNER_TAG]: _, ...others }: Tags = tags;
  return withoutUndefined({
    description: inputs.description,
    tags: declaredTags(others, ofSet.defaultTags ?? {}, own),
  });
}
