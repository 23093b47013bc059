import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { findGroupRules } from "../../ec2/groupRules";
import { sameOwner } from "../../ec2/mark";
import type { Target } from "../../ec2/target";
import { keysOf } from "../../rule/ruleSet";
import { isUpdatedSince, momentOf, untilHeardOf } from "../../run/givingUp";
import { isOfProgram } from "../../run/held";
import type { EgressRuleSetInputs } from "./inputs";

const MOST_TRIES = 4;

/**
 * The rules of a set's group, once it is known what becomes of those that it wants and that other resources of the
 * program have: one that is changing may be another than it seems.
 *
 * @param isHeld whether the set has a rule by its state
 */
export async function settledRules(
  { client, region }: Target,
  inputs: EgressRuleSetInputs,
  isHeld: (id: string) => boolean,
): Promise<readonly FoundRule[]> {
  const { securityGroupId, rules, owner, exclusive, adopt } = inputs;
  const wantedKey = keysOf(rules);
  const isContested = (rule: FoundRule) =>
    !isHeld(rule.id) && !sameOwner(rule.owner, owner) && wantedKey(rule.inputs) !== undefined;
  // What it may take it takes unheard.
  const isToHearOf = (rule: FoundRule) => !exclusive && !adopt && isOfProgram(client, rule, owner);
  for (let tries = 1; ; tries++) {
    const moment = momentOf(client);
    const found = await findGroupRules({ client, region }, securityGroupId);
    const contested = found.filter(isContested);
    await Promise.all(contested.filter(isToHearOf).map(({ id }) => untilHeardOf(client, id)));
    const updated = await Promise.all(contested.map(({ id }) => isUpdatedSince(client, id, moment)));
    if (!updated.includes(true)) return found;
    if (tries === MOST_TRIES) {
      throw new EgressError(
        `${securityGroupId}: its rules are changed by others again and again.\nRun \`pulumi up\` again.`,
      );
    }
  }
}
