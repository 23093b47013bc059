import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import type { WantedRule } from "../../rule/plan/planStep";
import type { Room } from "../../rule/plan/room";
import { overQuotaText, weightsOf } from "../../rule/weight";
import type { EgressRuleSetInputs } from "./inputs";
import type { Standing } from "./standing";
import { presentRule } from "./wanted";

/** The room in a group; throws, before anything is sent, where what is wanted does not fit beside the rules of others. */
export function roomFor(
  wanted: readonly WantedRule[],
  { own, others }: Standing,
  inputs: Pick<EgressRuleSetInputs, "securityGroupId" | "listWeights">,
  quota: number,
): Room {
  const present = (rules: readonly FoundRule[]) => rules.map((rule) => presentRule(rule, inputs));
  const now = weightsOf(present([...own, ...others]));
  const after = weightsOf([...wanted, ...present(others)]);
  // A group that holds more already has a higher quota than it is said to have.
  const actual = Math.max(quota, ...now.values());
  const whose =
    others.length === 0 ? "this set declares" : `with ${others.length} that are not this set's there are`;
  const text = overQuotaText(inputs.securityGroupId, after, actual, whose);
  if (text !== undefined) throw new EgressError(text);
  return { quota: actual, others: weightsOf(present(others)) };
}
