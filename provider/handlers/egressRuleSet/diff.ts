import { dryRun } from "../../ec2/dryRun";
import { EgressError } from "../../ec2/errors";
import { tagsDiffer } from "../../rule/change";
import { plan } from "../../rule/plan/plan";
import { setsDiffer } from "../../rule/ruleSet";
import { isKnown, isUnknown } from "../../rule/unknown";
import { isOfStack } from "../duplicate";
import type { Host } from "../host";
import { type EgressRuleSetInputs, readSetInputs, textOfInputs } from "./inputs";
import { type EgressRuleSetState, readSetState } from "./state";
import { foretellChange } from "./tellChange";
import { rulesInState, wantedRules } from "./wanted";

/** Compares by identity: another order, spelling or repetition of the same rules is no change. */
export async function diff(host: Host, _id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps, host.settings().ignoredTags);
  const news = readSetInputs(newProps);
  const moved = (["securityGroupId", "region"] as const).filter((name) => olds[name] !== news[name]);
  // If check never saw these inputs, the engine is about to delete the resource they come from.
  const isInTheWay = !isKnown(news) && host.run.checkedSet(textOfInputs(news)) === undefined;
  const replaces = moved.length === 0 && isInTheWay ? ["rules"] : moved;
  const changes =
    replaces.length > 0 ||
    setsDiffer(olds.rules, news.rules) ||
    tagsOfSetDiffer(olds, news) ||
    olds.exclusive !== news.exclusive ||
    olds.strangers !== news.strangers ||
    olds.onDestroy !== news.onDestroy ||
    isPartlyHeld(olds) ||
    isUnclaimed(olds, news);
  if (changes && host.settings().preflight) await preflight(host, olds, news, replaces.length > 0);
  if (changes && replaces.length === 0) await foretellChange(host, olds, news);
  return { changes, replaces };
}

/** Compare both kinds of tags separately: state must show where a tag moved. */
function tagsOfSetDiffer(olds: EgressRuleSetState, news: EgressRuleSetInputs): boolean {
  const [before = {}, after = {}] = [olds.tags, news.tags];
  return (
    isUnknown(before) ||
    isUnknown(after) ||
    tagsDiffer(before, after) ||
    tagsDiffer(olds.defaultTags ?? {}, news.defaultTags ?? {})
  );
}

/**
 * Whether the set declares rules that it does not hold. A refresh shows every rule of an exclusive set's group,
 * including a declared one that an interrupted run or a person has added.
 */
function isPartlyHeld({ rules, ruleIds }: EgressRuleSetState): boolean {
  return Object.keys(rules).some((key) => !Object.hasOwn(ruleIds, key));
}

/** Whether a rule of the set lacks a claim, or carries one from before the stack was renamed. */
function isUnclaimed(olds: EgressRuleSetState, { owner }: EgressRuleSetInputs): boolean {
  return owner !== undefined && (olds.owner !== owner || !isOfStack(olds, { stack: owner }));
}

async function preflight(
  host: Host,
  olds: EgressRuleSetState,
  news: EgressRuleSetInputs,
  replace: boolean,
): Promise<void> {
  // The engine asks for the permission to create, the other half of a replacement, when it checks the new resource.
  if (!replace && !isKnown(news)) return;
  const wanted = replace ? [] : wantedRules(news, news.owner && host.run.claim(news.owner, olds.claim));
  const steps = plan(wanted, rulesInState(olds));
  const reason = await dryRun(host.target(olds.region), olds.securityGroupId, steps);
  if (reason !== undefined) throw new EgressError(reason);
}
