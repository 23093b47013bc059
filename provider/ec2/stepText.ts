import { listed } from "../rule/listed";
import type { PlanStep } from "../rule/plan/planStep";
import { ruleOf, ruleText } from "../rule/rule";
import type { Attempt } from "./errors";
import type { Target } from "./target";

/** A step of a plan, as its error names it. */
export function attemptOf({ region }: Target, groupId: string, step: PlanStep): Attempt {
  const doing = `${doingOf(step)} on ${groupId}`;
  return { action: ACTION[step.action], doing, region };
}

/** The API's names of the steps. */
const ACTION = {
  authorize: "AuthorizeSecurityGroupEgress",
  modify: "ModifySecurityGroupRules",
  setTags: "CreateTags",
  removeTags: "DeleteTags",
  revoke: "RevokeSecurityGroupEgress",
} as const satisfies { readonly [action in PlanStep["action"]]: string };

function doingOf(step: PlanStep): string {
  switch (step.action) {
    case "authorize":
      return `authorizing ${listed(
        step.rules.map(({ inputs }) => ruleText(ruleOf(inputs))),
        MOST_NAMED,
        "; ",
      )}`;
    case "modify":
      return `changing ${rules(step.updates.map(({ id, inputs }) => `${id} to ${ruleText(ruleOf(inputs))}`))}`;
    case "setTags":
      return `tagging ${rules(step.ids)}`;
    case "removeTags":
      return `removing tags of ${rules(step.ids)}`;
    case "revoke":
      return `revoking ${rules(step.ids)}`;
  }
}

function rules(texts: readonly string[]): string {
  return `${texts.length === 1 ? "rule" : "rules"} ${listed(texts, MOST_NAMED, "; ")}`;
}

const MOST_NAMED = 3;
