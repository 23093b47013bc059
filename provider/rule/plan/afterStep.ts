import type { RuleInputs } from "../rule";
import { sortedTags } from "../tags";
import type { PlanStep, PresentRule } from "./planStep";

/** The rules after a request, given the ids of those it made, in the order in which it asked for them. */
export function afterStep(
  present: readonly PresentRule[],
  step: PlanStep,
  madeIds: readonly (string | undefined)[],
): PresentRule[] {
  switch (step.action) {
    case "authorize": {
      const made = step.rules.flatMap((rule, place) => {
        const id = madeIds[place];
        return id === undefined ? [] : [{ ...rule, id }];
      });
      return [...present, ...made];
    }
    case "modify": {
      const updates = new Map(step.updates.map(({ id, inputs }) => [id, inputs]));
      return present.map((rule) => ({ ...rule, inputs: updates.get(rule.id) ?? rule.inputs }));
    }
    case "describe": {
      const updates = new Map(step.updates.map(({ id, inputs }) => [id, inputs]));
      return present.map((rule) => {
        const update = updates.get(rule.id);
        return update ? { ...rule, inputs: redescribed(rule.inputs, update.description) } : rule;
      });
    }
    case "setTags":
      return present.map((rule) =>
        step.ids.includes(rule.id) ? { ...rule, tags: { ...rule.tags, ...step.tags } } : rule,
      );
    case "removeTags": {
      const isLeft = ([key]: readonly [string, string]) => !step.keys.includes(key);
      return present.map((rule) =>
        step.ids.includes(rule.id)
          ? { ...rule, tags: sortedTags(Object.entries(rule.tags).filter(isLeft)) }
          : rule,
      );
    }
    case "revoke":
      return present.filter(({ id }) => !step.ids.includes(id));
  }
}

function redescribed(inputs: RuleInputs, description: string | undefined): RuleInputs {
  const { description: _, ...others } = inputs;
  return description === undefined ? others : { ...others, description };
}
