import { dryRun } from "../../ec2/dryRun";
import { EgressError } from "../../ec2/errors";
import { identityChange, tagsDiffer } from "../../rule/change";
import { changesOf } from "../../rule/plan/plan";
import type { PlanStep } from "../../rule/plan/planStep";
import type { Tags } from "../../rule/tags";
import { isKnown, isUnknown, type Unknown } from "../../rule/unknown";
import { isOfStack } from "../duplicate";
import type { Host } from "../host";
import type { EgressRuleInputs } from "./inputs";
import { type EgressRuleState, presentRule, readInputs, readState, wantedRule } from "./state";

/**
 * Compares by identity: another spelling of the same rule is no change; a different rule replaces it. An unknown value
 * may mean a different rule.
 */
export async function diff(host: Host, id: string, oldProps: unknown, newProps: unknown) {
  const olds = readState(id, oldProps, host.settings().ignoredTags);
  const news = readInputs(newProps);
  const replaces = [...identityChange(olds, news), ...(olds.region === news.region ? [] : ["region"])];
  const changes =
    replaces.length > 0 ||
    olds.description !== news.description ||
    isTaggedAnew(olds, news) ||
    isUnclaimed(olds, news);
  if (replaces.length > 0) host.run.noteOutgoing({ ...presentRule(olds), arn: olds.arn });
  if (changes && host.settings().preflight) await preflight(host, olds, news, replaces.length > 0);
  return { changes, replaces };
}

/** A tag that moves between the rule and `aws:defaultTags` changes state only. */
function isTaggedAnew(olds: EgressRuleState, news: EgressRuleInputs): boolean {
  return mayDiffer(olds.tagsAll, news.tagsAll) || mayDiffer(olds.tags, news.tags);
}

function mayDiffer(olds: Tags | Unknown = {}, news: Tags | Unknown = {}): boolean {
  return isUnknown(olds) || isUnknown(news) || tagsDiffer(olds, news);
}

/** Whether the rule lacks a claim, or carries one from before the stack was renamed. */
function isUnclaimed(olds: EgressRuleState, { owner }: EgressRuleInputs): boolean {
  return owner !== undefined && !isOfStack(olds, { stack: owner });
}

async function preflight(
  host: Host,
  olds: EgressRuleState,
  news: EgressRuleInputs,
  replace: boolean,
): Promise<void> {
  const { securityGroupRuleId: id, securityGroupId } = olds;
  // The engine asks for the permission to create, the other half of a replacement, when it checks the new resource.
  if (!replace && !isKnown(news)) return;
  const steps: readonly PlanStep[] = replace
    ? [{ action: "revoke", ids: [id], early: false }]
    : changesOf(wantedRule(news, host.run.claim(news.owner, olds.claim)), presentRule(olds));
  const reason = await dryRun(host.target(olds.region), securityGroupId, steps);
  if (reason !== undefined) throw new EgressError(reason);
}
