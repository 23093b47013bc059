import { standsFor } from "../../ec2/mark";
import { modifyStep, removeTagsStep, type Step, setTagsStep } from "../../ec2/steps";
import type { Target } from "../../ec2/target";
import { changeOf, tagsChangeOf } from "../../rule/change";
import { withoutUndefined } from "../../rule/record";
import { sortedTags } from "../../rule/tags";
import type { EgressRuleInputs } from "./inputs";
import { carrying, type EgressRuleState, knownTags, stateOf } from "./state";

/** A call of an update, and the state that it leads to. */
export interface UpdateStep extends Step {
  readonly after: EgressRuleState;
}

/** The fewest calls that bring a rule from its state to what is declared, in their order. */
export function updatePlan(target: Target, olds: EgressRuleState, news: EgressRuleInputs): UpdateStep[] {
  const { securityGroupRuleId: id, arn } = olds;
  const [tagsBefore, tagsWanted] = [knownTags(olds.tagsAll), knownTags(news.tagsAll)];
  const { set, remove } = tagsChangeOf(tagsBefore, tagsWanted);
  const { modify, describe } = changeOf(olds, news);
  const mark = news.owner === olds.owner ? undefined : news.owner;

  const wanted = stateOf(news, { id, arn });
  const { tags, owner, declaredOwner } = olds;
  const ruleDone = withoutUndefined({ ...wanted, tags, tagsAll: tagsBefore, owner, declaredOwner });
  const tagsSet = { ...wanted, tagsAll: sortedTags(Object.entries({ ...tagsBefore, ...set })) };

  const rule = { id, groupId: olds.securityGroupId };
  const plan: UpdateStep[] = [];
  if (modify || describe) plan.push({ ...modifyStep(target, id, news, news.owner), after: ruleDone });
  if (mark !== undefined || Object.keys(set).length > 0) {
    plan.push({ ...setTagsStep(target, rule, set, mark), after: tagsSet });
  }
  if (remove.length > 0) plan.push({ ...removeTagsStep(target, rule, remove), after: wanted });
  return plan;
}

/**
 * What is declared, with the mark that the rule has where that stands for the declared one, or where none is declared
 * any more: it is on the rule still.
 */
export function withHeldMark(olds: EgressRuleState, news: EgressRuleInputs): EgressRuleInputs {
  if (olds.owner === undefined) return news;
  const owner = news.owner ?? olds.declaredOwner ?? olds.owner;
  const isHeld = news.owner === undefined || standsFor(olds.owner, owner);
  return isHeld ? carrying({ ...news, owner }, olds.owner) : news;
}
