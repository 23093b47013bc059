import { accountIn } from "../../ec2/arn";
import { changeRules } from "../../ec2/changeRules";
import { findById } from "../../ec2/find";
import type { Host } from "../host";
import { reasonToLeave, tellLeft } from "../leftInPlace";
import { presentRule, readState } from "./state";

/**
 * Revokes the rule; gone already is success.
 *
 * It is left, with a line that says so, where another resource of this run has it or declares it, and where it carries
 * another claim than state knows.
 */
export async function remove(host: Host, id: string, props: unknown): Promise<void> {
  const state = readState(id, props, host.settings().ignoredTags);
  const { run } = host;
  const target = host.target(state.region, accountIn(state.arn));
  // What another resource has got needs no look.
  const found = run.claimed.has(id) ? undefined : await findById(target, id);
  const reason = reasonToLeave(run, found ?? { id, inputs: state }, state.claim);
  if (reason !== undefined) return tellLeft(id, state.securityGroupId, reason);
  // What EC2 does not show may be there all the same, for some time after it was made: only a refusal tells.
  const step = { action: "revoke", ids: [id], early: false } as const;
  run.noteRevoked(state.securityGroupId, id);
  const { error } = await changeRules(
    target,
    found?.inputs.securityGroupId ?? state.securityGroupId,
    [step],
    [presentRule(state)],
  );
  if (error) throw error;
}
