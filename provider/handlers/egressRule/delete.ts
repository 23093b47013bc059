import { explain, isRuleMissing } from "../../ec2/errors";
import { findById } from "../../ec2/find";
import { sameOwner } from "../../ec2/mark";
import { revokeStep } from "../../ec2/steps";
import { discreetly } from "../../rule/discreetly";
import { quote } from "../../rule/failure";
import { isMarkDeclared } from "../../run/declared";
import { isKept } from "../../run/kept";
import { isTakenFrom } from "../../run/taken";
import { isWanted } from "../../run/wanted";
import type { Host } from "../host";
import { readState } from "./state";

/** Revokes the rule, if it still carries the mark that state knows it by; gone already is success. */
export async function remove(host: Host, id: string, props: unknown): Promise<void> {
  const state = readState(id, props);
  if (state.passedOn) return;
  const { securityGroupId, region, owner, declaredOwner = owner } = state;
  const target = host.target(region);
  const found = await findById(target, id);
  // A successor has it, or is to have it: under a renewed mark, or by a creation of this run, failed or not.
  if (isTakenFrom(target.client, id, owner) || isWanted(target.client, found?.inputs ?? state)) return;
  if (isKept(target.client, id, owner)) return;
  const isRenewed = found !== undefined && found.owner !== owner && sameOwner(found.owner, declaredOwner);
  if (isRenewed && isMarkDeclared(host, declaredOwner)) return;
  if (found && found.owner !== owner && !isRenewed) {
    const whose =
      found.owner === undefined ? "has no owner's mark any more" : `belongs to ${quote(found.owner)} now`;
    console.error(discreetly(`rule ${id} on ${found.inputs.securityGroupId} ${whose}: it is left in place`));
    return;
  }
  // What EC2 does not show may be there all the same, for some time after it was made: only a refusal tells.
  const step = revokeStep(target, id, found?.inputs.securityGroupId ?? securityGroupId);
  try {
    await step.send();
  } catch (error) {
    if (!isRuleMissing(error)) throw explain(error, step.attempt);
  }
}
