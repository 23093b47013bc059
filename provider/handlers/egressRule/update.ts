import { accountIn } from "../../ec2/arn";
import { changeRules } from "../../ec2/changeRules";
import { stackOf } from "../../ec2/claim";
import { EgressError } from "../../ec2/errors";
import { findById } from "../../ec2/find";
import type { Target } from "../../ec2/target";
import { quote } from "../../rule/failure";
import { changesOf } from "../../rule/plan/plan";
import { isOfStack } from "../duplicate";
import type { Host } from "../host";
import { PartialFailure } from "../partialFailure";
import { partialState, presentRule, readInputs, readState, stateOf, wantedRule } from "./state";

/** Updates the description, tags and claim of a rule to the declared ones. */
export async function update(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps, host.settings().ignoredTags);
  const news = readInputs(newProps);
  const target = host.target(olds.region, accountIn(olds.arn));
  if (news.owner !== undefined && olds.claim === undefined) await refuseOthers(target, id, news.owner);
  const present = presentRule(olds);
  const wanted = wantedRule(news, host.run.claim(news.owner, olds.claim));
  const steps = changesOf(wanted, present);
  const { rules, error } = await changeRules(target, olds.securityGroupId, steps, [present]);
  const [rule = present] = rules;
  const changed = { ...rule, arn: olds.arn };
  if (error === undefined) return { outs: { ...stateOf(news, changed) } };
  if (rule.inputs === present.inputs && rule.tags === present.tags) throw error;
  throw new PartialFailure(error, id, partialState(news, changed, host.settings().defaultTags), newProps);
}

/** Fails if another stack has taken the rule over meanwhile. A rule whose claim state knows needs no look-up. */
async function refuseOthers(target: Target, id: string, stack: string): Promise<void> {
  const found = await findById(target, id);
  if (found?.claim === undefined || isOfStack(found, { stack })) return;
  throw new EgressError(
    `changing rule ${id}: the stack ${quote(stackOf(found.claim))} manages it now.\nRun \`pulumi refresh\` to release it.`,
  );
}
