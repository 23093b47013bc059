import { sortedTags } from "../tags";
import type { ChangeStep, PresentRule } from "./planStep";

/** The rules after a step that changes existing ones. */
export function afterStep(present: readonly PresentRule[], step: ChangeStep): PresentRule[] {
  switch (step.action) {
    case "modify": {
      const updates = new Map(step.updates.map(({ id, inputs }) => [id, inputs]));
      return present.map((rule) => ({ ...rule, inputs: updates.get(rule.id) ?? rule.inputs }));
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

/** The ids of the rules that a step changes. */
export function idsOf(step: ChangeStep): readonly string[] {
  return step.action === "modify" ? step.updates.map(({ id }) => id) : step.ids;
}

/** The same step for only some of its rules. */
export function stepFor(step: ChangeStep, ids: ReadonlySet<string>): ChangeStep {
  return step.action === "modify"
    ? { ...step, updates: step.updates.filter(({ id }) => ids.has(id)) }
    : { ...step, ids: step.ids.filter((id) => ids.has(id)) };
}
