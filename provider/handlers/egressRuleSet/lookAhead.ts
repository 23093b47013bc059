import { EgressError } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import type { Target } from "../../ec2/target";
import { discreetly } from "../../rule/discreetly";
import { hasGroupToItself, namesStrangers } from "../../rule/strangers";
import { soon } from "../soon";
import type { EgressRuleSetInputs } from "./inputs";

/** The rules of a set's group before `up`; undefined, with a line at the terminal, if EC2 does not answer in time. */
export async function lookAhead(
  target: Target,
  inputs: EgressRuleSetInputs,
): Promise<readonly FoundRule[] | undefined> {
  const { securityGroupId } = inputs;
  try {
    return await soon(findGroupRules(target, securityGroupId));
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    console.error(discreetly(`${securityGroupId}: cannot tell yet ${whatFor(inputs)}: ${error.message}`));
    return undefined;
  }
}

function whatFor(inputs: EgressRuleSetInputs): string {
  if (namesStrangers(inputs)) return "which rules the set does not declare";
  return hasGroupToItself(inputs) ? "which rules the exclusive set revokes" : "which rules the set adopts";
}
