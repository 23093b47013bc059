import { accountIn } from "../../ec2/arn";
import { defaultRegion } from "../../ec2/client/client";
import { confirmGone } from "../../ec2/confirmGone";
import { EgressError } from "../../ec2/errors";
import { findById } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import { quote } from "../../rule/failure";
import { parseRuleId } from "../../rule/ids";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { Tags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import type { Host } from "../host";
import { declaredTags } from "../stackDefaults";
import { readTags, text } from "./state";

/** Reads the rule from EC2 as inputs and outputs; returns no id if the rule is gone. */
export async function read(host: Host, id: string, props: unknown) {
  const ruleId = parseRuleId(id, (reason) => {
    throw new EgressError(`reading an outbound rule: ${reason}`);
  });
  const state = isRecord(props) ? props : {};
  const region = text(state.region) ?? (await defaultRegion(host.settings()));
  if (region === undefined)
    throw new EgressError(`reading rule ${id}: no Region is set: set aws:region or AWS_REGION`);

  const target = host.target(region, accountIn(text(state.arn) ?? ""));
  const found = ruleId === undefined ? undefined : await findById(target, ruleId);
  if (found === undefined && !isKnown(state)) {
    throw new EgressError(
      `reading rule ${quote(id)}: ${region} has no such rule: check its id and its Region`,
    );
  }
  if (found === undefined) {
    const groupId = text(state.securityGroupId) ?? "";
    await confirmGone(target, groupId, `rule ${id} on ${groupId}`);
  }
  if (found === undefined || isOthers(found, state)) return { id: "", props: {} };
  if (!found.isEgress) throw new EgressError(`reading rule ${quote(id)}: it is an inbound rule`);

  const { referencedSecurityGroupOwnerId, ...rule } = found.inputs;
  const { id: securityGroupRuleId, arn } = found;
  const kept = {
    ...rule,
    region,
    tagsAll: found.tags,
    ...withoutUndefined({
      tags: declaredTags(found.tags, host.settings().defaultTags, tagsIn(state)),
      // Keep the account that the program names: it may be the rule's own, which EC2 never returns.
      referencedSecurityGroupOwnerId:
        rule.referencedSecurityGroupId === state.referencedSecurityGroupId
          ? text(state.referencedSecurityGroupOwnerId)
          : referencedSecurityGroupOwnerId,
      owner: text(state.owner),
    }),
  };
  const whose = isHeld(state) ? withoutUndefined({ claim: found.claim }) : { readOnly: true };
  return { id, props: { ...kept, ...whose, securityGroupRuleId, arn }, inputs: kept };
}

/** Whether the resource owns the rule, rather than reading it through `EgressRule.get`. */
function isHeld(state: UnknownRecord): boolean {
  return isKnown(state) && state.readOnly !== true;
}

/** Whether state has the whole rule, and not just the id to read it by. */
function isKnown(state: UnknownRecord): boolean {
  return text(state.securityGroupRuleId) !== undefined;
}

/**
 * Whether the rule carries a different claim than state knows: somebody else holds it, so this resource treats it as
 * gone. A rule that has lost its claim gets it back at the next `up`.
 */
function isOthers({ claim }: FoundRule, state: UnknownRecord): boolean {
  return isHeld(state) && claim !== undefined && claim !== text(state.claim);
}

function tagsIn(state: UnknownRecord): Tags {
  const tags = readTags(state.tags);
  return tags === undefined || isUnknown(tags) ? {} : tags;
}
