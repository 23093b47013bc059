import { claimTag, OWNER_TAG } from "../../ec2/claim";
import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { failuresText, quote } from "../../rule/failure";
import { type Parsed, parse } from "../../rule/parse";
import type { PresentRule, WantedRule } from "../../rule/plan/planStep";
import { withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { argsOfKey } from "../../rule/ruleKey";
import { keysOf } from "../../rule/ruleSet";
import { sortedTags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import { tagsOf } from "../takeOver";
import { type EgressRuleSetInputs, tagsOfAll } from "./inputs";
import type { EgressRuleSetState } from "./state";

type Inputs = Omit<EgressRuleSetInputs, "adopt">;

/**
 * The rules of a set as EC2 should have them.
 *
 * @param present the existing ones: if the stack claims nothing, they keep their claims, as it may lack the permission
 * to change them
 */
export function wantedRules(
  inputs: Inputs,
  claim: string | undefined,
  present: readonly PresentRule[] = [],
): WantedRule[] {
  const keyOf = keysOf(inputs.rules);
  const ofAll = tagsOfAll(inputs);
  const claims = new Map(present.map((rule) => [keyOf(rule.inputs), rule.tags[OWNER_TAG]]));
  return Object.entries(inputs.rules).map(([key, rule]) => {
    const { description, tags = {} } = isUnknown(rule) ? {} : rule;
    const wanted = {
      ...ruleOfKey(key, inputs.securityGroupId),
      // Keep it as is: EC2 may hold an older rule that parse refuses today.
      ...withoutUndefined({ description }),
    };
    return {
      inputs: wanted,
      tags: {
        ...claimTag(claim ?? claims.get(key)),
        ...sortedTags(Object.entries({ ...ofAll, ...tags })),
      },
      weight: weightOf(wanted, inputs),
    };
  });
}

/** A rule of EC2 as the plan takes it. */
export function presentRule(found: FoundRule, ofSet: Pick<EgressRuleSetInputs, "listWeights">): PresentRule {
  const { tags: _, ...inputs } = found.inputs;
  return { id: found.id, inputs, tags: tagsOf(found), weight: weightOf(inputs, ofSet) };
}

export function rulesInState(state: EgressRuleSetState): PresentRule[] {
  return Object.entries(state.ruleIds).flatMap(([key, id]) => ruleInState(state, key, id));
}

/** The rules' ids, each with its rule if that can be read. */
export function rulesHeld(
  state: EgressRuleSetState,
): { readonly id: string; readonly known?: PresentRule }[] {
  return Object.entries(state.ruleIds).map(([key, id]) => {
    const isRead = "inputs" in parseKey(key, state.securityGroupId);
    const [known] = isRead ? ruleInState(state, key, id) : [];
    return { id, ...(known && { known }) };
  });
}

function ruleInState(state: EgressRuleSetState, key: string, id: string): PresentRule[] {
  const rules = { [key]: state.rules[key] ?? {} };
  return wantedRules({ ...state, rules }, state.claim).map((rule) => ({ ...rule, id }));
}

export function weightOf(
  { prefixListId = "" }: RuleInputs,
  { listWeights = {} }: Pick<EgressRuleSetInputs, "listWeights">,
): number {
  return listWeights[prefixListId] ?? 1;
}

/** The rule that a set keeps under a key. */
export function ruleOfKey(key: string, securityGroupId: string): RuleInputs {
  const parsed = parseKey(key, securityGroupId);
  if ("inputs" in parsed) return parsed.inputs;
  throw new EgressError(
    `reading the rule ${quote(key)} of ${securityGroupId} from state: ${failuresText(parsed.failures)}`,
  );
}

function parseKey(key: string, securityGroupId: string): Parsed {
  return parse({ ...argsOfKey(key), securityGroupId });
}
