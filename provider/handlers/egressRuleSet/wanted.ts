import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { OWNER_TAG } from "../../ec2/mark";
import { failuresText, quote } from "../../rule/failure";
import { parse } from "../../rule/parse";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import { withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { argsOfKey } from "../../rule/ruleKey";
import { sortedTags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import type { EgressRuleSetInputs } from "./inputs";

/**
 * The rules of a set as they are to be in EC2.
 *
 * @param markOf the mark that each is to carry
 */
export function wantedRules(
  inputs: Omit<EgressRuleSetInputs, "adopt">,
  markOf: (rule: RuleInputs) => string | undefined,
): WantedRule[] {
  return Object.entries(inputs.rules).map(([key, rule]) => {
    const { description, tags = {} } = isUnknown(rule) ? {} : rule;
    const wanted = {
      ...ruleOfKey(key, inputs.securityGroupId),
      // As it is: one that EC2 has from before may not be what parse takes today.
      ...withoutUndefined({ description }),
    };
    return {
      inputs: wanted,
      tags: {
        ...withoutUndefined({ [OWNER_TAG]: markOf(wanted) }),
        ...sortedTags(Object.entries({ ...inputs.defaultTags, ...tags })),
      },
      weight: weightOf(wanted, inputs),
    };
  });
}

/** The rules of a set, without marks and tags. */
export function inputsOf(inputs: Omit<EgressRuleSetInputs, "adopt">): RuleInputs[] {
  return wantedRules(inputs, () => undefined).map((rule) => rule.inputs);
}

/** A rule as EC2 has it, as a plan takes it: with its mark among its tags. */
export function presentRule(
  { id, inputs: { tags: _, ...inputs }, tags, owner }: FoundRule,
  ofSet: Pick<EgressRuleSetInputs, "listWeights">,
): PresentRule {
  return {
    id,
    inputs,
    tags: { ...withoutUndefined({ [OWNER_TAG]: owner }), ...tags },
    weight: weightOf(inputs, ofSet),
  };
}

export function weightOf(
  { prefixListId = "" }: RuleInputs,
  { listWeights = {} }: Pick<EgressRuleSetInputs, "listWeights">,
): number {
  return listWeights[prefixListId] ?? 1;
}

/** The rule that a set keeps under a key. */
export function ruleOfKey(key: string, securityGroupId: string): RuleInputs {
  const parsed = parse({ ...argsOfKey(key), securityGroupId });
  if ("inputs" in parsed) return parsed.inputs;
  throw new EgressError(
    `reading the rule ${quote(key)} of ${securityGroupId} from state: ${failuresText(parsed.failures)}`,
  );
}
