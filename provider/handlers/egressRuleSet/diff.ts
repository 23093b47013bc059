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

/** By identity: another order, spelling or repetition of the same rules is no change. */
export async function diff(host: Host, _id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps, host.settings().ignoredTags);
  const news = readSetInputs(newProps);
  const moved = (["securityGroupId", "region"] as const).filter((name) => olds[name] !== news[name]);
  // Asked about inputs that no check has seen, the engine is about to delete what they come from.
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

/** Compared apart: a tag that moves from the one to the other is still to be found in state where it is. */
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
 * Whether there are rules that the set does not hold: a refresh shows all of a group that a set has to itself, and so
 * one that it declares may be there, made in a run that was cut off, or by hand.
 */
function isPartlyHeld({ rules, ruleIds }: EgressRuleSetState): boolean {
  return Object.keys(rules).some((key) => !Object.hasOwn(ruleIds, key));
}

/** Whether a rule of the set has lost its claim, or never had one, or the stack goes by another name now. */
function isUnclaimed(olds: EgressRuleSetState, { owner }: EgressRuleSetInputs): boolean {
  return owner !== undefined && (olds.owner !== owner || !isOfStack(olds, { stack: owner }));
}

async function preflight(
  host: Host,
  olds: EgressRuleSetState,
  news: EgressRuleSetInputs,
  replace: boolean,
): Promise<void> {
  // The other half of a replacement, its creation, is asked for when the engine checks it.
  if (!replace && !isKnown(news)) return;
  const wanted = replace ? [] : wantedRules(news, news.owner && host.run.claim(news.owner, olds.claim));
  const steps = plan(wanted, rulesInState(olds));
  const reason = await dryRun(host.target(olds.region), olds.securityGroupId, steps);
  if (reason !== undefined) throw new EgressError(reason);
}
