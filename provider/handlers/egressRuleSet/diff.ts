import { tagsChangeOf } from "../../rule/change";
import { setsDiffer } from "../../rule/ruleSet";
import type { Host } from "../host";
import { type EgressRuleSetInputs, type EgressRuleSetState, readSetInputs, readSetState } from "./inputs";

/** By identity: another order, spelling or repetition of the same rules is no change. */
export async function diff(_host: Host, _id: string, oldProps: unknown, newProps: unknown) {
  const olds = readSetState(oldProps);
  const news = readSetInputs(newProps);
  const replaces = (["securityGroupId", "region"] as const).filter((name) => olds[name] !== news[name]);
  const changes =
    replaces.length > 0 ||
    setsDiffer(olds.rules, news.rules) ||
    tagsDiffer(olds, news) ||
    olds.exclusive !== news.exclusive ||
    olds.onDestroy !== news.onDestroy ||
    (olds.owner === undefined && news.owner !== undefined);
  return { changes, replaces };
}

function tagsDiffer(olds: EgressRuleSetState, news: EgressRuleSetInputs): boolean {
  const { set, remove } = tagsChangeOf(olds.defaultTags ?? {}, news.defaultTags ?? {});
  return Object.keys(set).length > 0 || remove.length > 0;
}
