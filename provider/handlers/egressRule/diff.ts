import { EgressError } from "../../ec2/errors";
import { revokeStep } from "../../ec2/steps";
import { changeOf, tagsChangeOf } from "../../rule/change";
import { isUnknown } from "../../rule/unknown";
import { isDeclared } from "../../run/declared";
import { noteGivingUp } from "../../run/givingUp";
import { noteHeld } from "../../run/held";
import { noteKept } from "../../run/kept";
import type { Host } from "../host";
import { isKnown, preflight } from "../preflight";
import type { EgressRuleInputs } from "./inputs";
import { type EgressRuleState, readInputs, readState } from "./state";
import { updatePlan, withHeldMark } from "./updatePlan";

/** By identity: another spelling of the same rule is no change. */
export async function diff(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps);
  const news = readInputs(newProps);
  // It is another's, who tells of it.
  if (olds.passedOn) return { changes: true, replaces: ["securityGroupRuleId"] };
  const { replaces, modify, describe } = changeOf(olds, news);
  const replacesAll = olds.region === news.region ? [...replaces] : [...replaces, "region"];
  const changes =
    replacesAll.length > 0 || modify || describe || tagsDiffer(olds, news) || isUnmarked(olds, news);
  if (isDeclared(host, news)) {
    const { client } = host.target(olds.region);
    noteHeld(client, [id], news.owner);
    if (replacesAll.length === 0) noteKept(client, [id]);
    if (replacesAll.length > 0) noteGivingUp(client, id, "by a replacement");
    else if (modify) noteGivingUp(client, id, "by an update");
  }
  if (changes && host.settings().preflight) await preflightChange(host, olds, news, replacesAll.length > 0);
  return { changes, replaces: replacesAll };
}

function tagsDiffer(olds: EgressRuleState, news: EgressRuleInputs): boolean {
  if (isUnknown(news.tagsAll) || isUnknown(olds.tagsAll)) return true;
  const { set, remove } = tagsChangeOf(olds.tagsAll, news.tagsAll);
  return Object.keys(set).length > 0 || remove.length > 0;
}

/**
 * Whether the rule has lost its mark, or never had one. A mark of another name is left as it is, so that a rename
 * with `aliases` is no change.
 */
function isUnmarked(olds: EgressRuleState, news: EgressRuleInputs): boolean {
  return olds.owner === undefined && news.owner !== undefined;
}

async function preflightChange(host: Host, olds: EgressRuleState, news: EgressRuleInputs, replace: boolean) {
  const id = olds.securityGroupRuleId;
  const target = host.target(olds.region);
  // The other half of a replacement, its creation, is asked for when the engine checks it.
  if (!replace && !isKnown(news)) return;
  const steps = replace
    ? [revokeStep(target, id, olds.securityGroupId)]
    : updatePlan(target, olds, withHeldMark(olds, news));
  const reason = await preflight(steps);
  if (reason !== undefined) throw new EgressError(reason);
}
