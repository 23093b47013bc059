import { accountIn } from "../../ec2/arn";
import { changeRules } from "../../ec2/changeRules";
import { EgressError } from "../../ec2/errors";
import { findHeld } from "../../ec2/find";
import { isRecord, type UnknownRecord } from "../../rule/record";
import type { Host } from "../host";
import { reasonToLeave, tellLeft } from "../leftInPlace";
import { type EgressRuleState, readState, text } from "./state";

/**
 * Revokes the rule; a rule that is already gone is a success. State and EC2 only need to give its id, direction and
 * claim.
 *
 * The rule stays in place, with a line that says so, if another resource of this run holds or declares it, or if it
 * carries a different claim than state knows.
 */
export async function remove(host: Host, id: string, props: unknown): Promise<void> {
  const { region, securityGroupId, claim, arn }: UnknownRecord = isRecord(props) ? props : {};
  const groupId = text(securityGroupId) ?? "";
  const { run } = host;
  const target = host.target(text(region) ?? "", accountIn(text(arn) ?? ""));
  // A rule that another resource holds needs no look-up.
  const found = run.claimed.has(id) ? undefined : await findHeld(target, id);
  const reason =
    found?.isEgress === false
      ? "it is an inbound rule"
      : reasonToLeave(run, found ?? { id, inputs: inputsIn(host, id, props) }, text(claim));
  if (reason !== undefined) return tellLeft(id, groupId, reason);
  // EC2 may hide a new rule for some time: only a refusal proves that it is gone.
  const step = { action: "revoke", ids: [id], early: false } as const;
  run.noteRevoked(groupId, id);
  const { error } = await changeRules(target, groupId, [step], []);
  if (error) throw error;
}

function inputsIn(host: Host, id: string, props: unknown): EgressRuleState | undefined {
  try {
    return readState(id, props, host.settings().ignoredTags);
  } catch (error) {
    if (error instanceof EgressError) return undefined;
    throw error;
  }
}
