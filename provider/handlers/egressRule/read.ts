import { defaultRegion } from "../../ec2/client";
import { EgressError } from "../../ec2/errors";
import { findById } from "../../ec2/find";
import { declaredMark, isJointMark, sameOwner } from "../../ec2/mark";
import { quote } from "../../rule/failure";
import { parseRuleId } from "../../rule/ids";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import type { Tags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import type { Host } from "../host";
import { declaredTags } from "../stackDefaults";
import { foundState, readTags, text } from "./state";

/** The rule as EC2 has it now, as inputs and as outputs; no id where it is gone. */
export async function read(host: Host, id: string, props: unknown) {
  const ruleId = parseRuleId(id, (reason) => {
    throw new EgressError(`reading an outbound rule: ${reason}`);
  });
  const state = isRecord(props) ? props : {};
  const region = text(state.region) ?? (await defaultRegion(host.settings()));
  if (region === undefined)
    throw new EgressError(`reading rule ${id}: no Region is set: set aws:region, or AWS_REGION`);

  const found = ruleId === undefined ? undefined : await findById(host.target(region), ruleId);
  if (found === undefined && !isKnown(state)) {
    throw new EgressError(
      `reading rule ${quote(id)}: ${region} has no such rule: check its id and its Region`,
    );
  }
  if (found === undefined || state.passedOn === true || isOthers(found.owner, state)) {
    return { id: "", props: {} };
  }
  if (!found.isEgress) throw new EgressError(`reading rule ${quote(id)}: it is an inbound rule`);

  const { securityGroupRuleId, arn, referencedSecurityGroupOwnerId, ...rule } = foundState(found, region);
  const kept = {
    ...rule,
    ...withoutUndefined({
      tags: declaredTags(found.tags, host.settings().defaultTags, tagsIn(state)),
      // What a program names for this group is kept: it may be the rule's own account, which is never found.
      referencedSecurityGroupOwnerId:
        rule.referencedSecurityGroupId === state.referencedSecurityGroupId
          ? text(state.referencedSecurityGroupOwnerId)
          : referencedSecurityGroupOwnerId,
    }),
  };
  return {
    id,
    props: {
      ...kept,
      ...marksInState(found.owner, state),
      ...(!isHeld(state) && { readOnly: true }),
      securityGroupRuleId,
      arn,
    },
    inputs: { ...kept, ...withoutUndefined({ owner: ownMark(found.owner, state) }) },
  };
}

/** The mark that a held rule carries, and the resource's own where that stands for others too. */
function marksInState(onRule: string | undefined, state: UnknownRecord) {
  if (onRule === undefined || !isHeld(state)) return {};
  const declaredOwner = isJointMark(onRule) ? ownMark(onRule, state) : undefined;
  return { owner: onRule, ...withoutUndefined({ declaredOwner }) };
}

/** The mark as the resource of a held rule declares it: a joint one says less, and state more. */
function ownMark(onRule: string | undefined, state: UnknownRecord): string | undefined {
  if (onRule === undefined || !isHeld(state)) return undefined;
  return isJointMark(onRule) ? text(state.declaredOwner) : declaredMark(onRule);
}

/** Whether state holds the rule as its resource's own, and not as one that `EgressRule.get` reads. */
function isHeld(state: UnknownRecord): boolean {
  return isKnown(state) && state.readOnly !== true;
}

/** Whether state has the rule, and not only the id that it is to be read by. */
function isKnown(state: UnknownRecord): boolean {
  return text(state.securityGroupRuleId) !== undefined;
}

/**
 * Whether the rule carries the mark of another, who has taken it over: then it is this resource's no longer, and as
 * good as gone. Its own mark may be renewed, or lost, in which case the next `up` writes it again.
 */
function isOthers(onRule: string | undefined, state: UnknownRecord): boolean {
  const [owner, declaredOwner = owner] = [text(state.owner), text(state.declaredOwner)];
  return isHeld(state) && onRule !== undefined && onRule !== owner && !sameOwner(onRule, declaredOwner);
}

function tagsIn(state: UnknownRecord): Tags {
  const tags = readTags(state.tags);
  return tags === undefined || isUnknown(tags) ? {} : tags;
}
