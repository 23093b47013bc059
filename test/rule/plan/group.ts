import { identity } from "../../../provider/rule/identity";
import type { PlanStep, PresentRule, WantedRule } from "../../../provider/rule/plan/planStep";
import { type Family, familiesOf } from "../../../provider/rule/quota";
import { ruleOf } from "../../../provider/rule/rule";
import { sortedTags } from "../../../provider/rule/tags";

/** A group as EC2 keeps it: refuses whole requests, with EC2's codes. */
export interface ModelGroup {
  readonly rules: readonly PresentRule[];
  readonly quota: number;
}

let made = 0;

/** A group after a request, computed without the code under test. */
export function afterStep({ rules, quota }: ModelGroup, step: PlanStep): ModelGroup {
  const next = checked(rulesAfter(rules, step), rules, quota);
  return { rules: next, quota };
}

function rulesAfter(rules: readonly PresentRule[], step: PlanStep): PresentRule[] {
  switch (step.action) {
    case "authorize":
      return [
        ...rules,
        ...step.rules.map((rule) => ({ ...rule, tags: step.tags, id: `sgr-made-${made++}` })),
      ];
    case "modify":
      return changed(
        rules,
        step.updates.map(({ id }) => id),
        (rule) => {
          const inputs = step.updates.find(({ id }) => id === rule.id)?.inputs ?? rule.inputs;
          const [before, after] = [ruleOf(rule.inputs).destination?.kind, ruleOf(inputs).destination?.kind];
          if (before !== after) throw new Error("InvalidParameterValue: another kind of destination");
          return { ...rule, inputs };
        },
      );
    case "setTags":
      return changed(rules, step.ids, (rule) => ({ ...rule, tags: { ...rule.tags, ...step.tags } }));
    case "removeTags":
      return changed(rules, step.ids, (rule) => ({
        ...rule,
        tags: Object.fromEntries(Object.entries(rule.tags).filter(([key]) => !step.keys.includes(key))),
      }));
    case "revoke":
      changed(rules, step.ids, (rule) => rule);
      return rules.filter(({ id }) => !step.ids.includes(id));
  }
}

function changed(
  rules: readonly PresentRule[],
  ids: readonly string[],
  change: (rule: PresentRule) => PresentRule,
): PresentRule[] {
  const named = new Set(ids);
  if (named.size === 0) throw new Error("MissingParameter: a request for nothing");
  for (const id of named) {
    if (!rules.some((rule) => rule.id === id)) throw new Error(`InvalidSecurityGroupRuleId.NotFound: ${id}`);
  }
  return rules.map((rule) => (named.has(rule.id) ? change(rule) : rule));
}

function checked(next: readonly PresentRule[], before: readonly PresentRule[], quota: number) {
  const identities = next.map(identityOf);
  if (new Set(identities).size < identities.length) throw new Error("InvalidPermission.Duplicate");
  for (const [family, weight] of weights(next)) {
    const grows = weight > (weights(before).get(family) ?? 0);
    if (grows && weight > quota) throw new Error("RulesPerSecurityGroupLimitExceeded");
  }
  return next;
}

export function weights(rules: readonly WantedRule[]): Map<Family, number> {
  const sums = new Map<Family, number>();
  for (const { inputs, weight } of rules) {
    const kind = ruleOf(inputs).destination?.kind;
    for (const family of kind ? familiesOf(kind) : []) sums.set(family, (sums.get(family) ?? 0) + weight);
  }
  return sums;
}

export function identityOf({ inputs }: WantedRule): string {
  return identity(ruleOf(inputs));
}

/** Everything about rules except their ids. */
export function contentOf(rules: readonly WantedRule[]): string[] {
  return rules
    .map((rule) =>
      JSON.stringify([identityOf(rule), rule.inputs.description, sortedTags(Object.entries(rule.tags))]),
    )
    .sort();
}
