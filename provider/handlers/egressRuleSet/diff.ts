import { EgressError } from "../../ec2/errors";
import { tagsChangeOf } from "../../rule/change";
import { setsDiffer } from "../../rule/ruleSet";
import { isDeclared } from "../../run/declared";
import { noteHeld } from "../../run/held";
import { noteKept } from "../../run/kept";
import type { Host } from "../host";
import { isKnown, preflight } from "../preflight";
import { changeSteps, deleteSteps } from "./dryRun";
import { type EgressRuleSetInputs, readSetInputs } from "./inputs";
import { type EgressRuleSetState, readSetState } from "./state";

/** By identity: another order, spelling or repetition of the same rules is no change. */
export async function diff(host: Host, _id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps);
  const news = readSetInputs(newProps);
  const replaces = (["securityGroupId", "region"] as const).filter((name) => olds[name] !== news[name]);
  if (isDeclared(host, news)) {
    const { client } = host.target(olds.region);
    noteHeld(client, Object.values(olds.ruleIds), news.owner);
    if (replaces.length === 0) noteKept(client, declaredIds(olds, news));
  }
  const changes =
    replaces.length > 0 ||
    setsDiffer(olds.rules, news.rules) ||
    tagsDiffer(olds, news) ||
    olds.exclusive !== news.exclusive ||
    olds.onDestroy !== news.onDestroy ||
    isUnmarked(olds, news);
  if (changes && host.settings().preflight) await preflightChange(host, olds, news, replaces.length > 0);
  return { changes, replaces };
}

/** The ids of the rules that stay. */
function declaredIds({ ruleIds }: EgressRuleSetState, { rules }: EgressRuleSetInputs): string[] {
  return Object.entries(ruleIds).flatMap(([key, id]) => (Object.hasOwn(rules, key) ? [id] : []));
}

function tagsDiffer(olds: EgressRuleSetState, news: EgressRuleSetInputs): boolean {
  const { set, remove } = tagsChangeOf(olds.defaultTags ?? {}, news.defaultTags ?? {});
  return Object.keys(set).length > 0 || remove.length > 0;
}

/**
 * Whether the set has no mark yet, or one of its rules has lost it. A mark of another name is left as it is, so that
 * a rename with `aliases` is no change.
 */
function isUnmarked(olds: EgressRuleSetState, news: EgressRuleSetInputs): boolean {
  return news.owner !== undefined && (olds.owner === undefined || olds.marks !== undefined);
}

async function preflightChange(
  host: Host,
  olds: EgressRuleSetState,
  news: EgressRuleSetInputs,
  replace: boolean,
): Promise<void> {
  // The other half of a replacement, its creation, is asked for when the engine checks it.
  if (!replace && !isKnown(news)) return;
  const target = host.target(olds.region);
  const reason = await preflight(replace ? deleteSteps(target, olds) : changeSteps(target, news, olds));
  if (reason !== undefined) throw new EgressError(reason);
}
