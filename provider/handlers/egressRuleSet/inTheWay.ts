import { stackOf } from "../../ec2/claim";
import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { quote } from "../../rule/failure";
import { ruleKey } from "../../rule/ruleKey";
import { keysOf } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import { isOfStack } from "../duplicate";
import type { EgressRuleSetInputs } from "./inputs";

/** Whether a controller owns a rule that no stack claims. Tags on a stack's own rules are its own choice. */
export function isKept({ claim, controllerTag }: FoundRule): boolean {
  return claim === undefined && controllerTag !== undefined;
}

/** The owner of a rule, as far as its tags tell. */
export function whose(rule: FoundRule): string | undefined {
  if (rule.claim !== undefined) return `claimed by the stack ${quote(stackOf(rule.claim))}`;
  return isKept(rule) ? `managed by a controller: tag ${quote(rule.controllerTag)}` : undefined;
}

const MOST_NAMED = 10;

/** The error for rules that a set may neither take over nor revoke: their owners, and the remedy. */
export function inTheWayError(rules: readonly FoundRule[], inputs: EgressRuleSetInputs): EgressError {
  const lines = rules.map(
    (rule) => `  ${rule.id}, ${ruleKey(rule.inputs)}, ${whose(rule) ?? "claimed by no stack"}`,
  );
  const named = lines.slice(0, MOST_NAMED);
  if (lines.length > named.length) named.push(`  and ${lines.length - named.length} more`);
  const text = `${inputs.securityGroupId} has rules that this set must not take over:\n${named.join("\n")}`;
  return new EgressError(`${text}\n${remedy(rules, inputs)}`);
}

/** The remedy for the owner that is hardest to deal with. */
function remedy(rules: readonly FoundRule[], inputs: EgressRuleSetInputs): string {
  const { strangers, owner } = inputs;
  const isForeign = (rule: FoundRule) => rule.claim !== undefined && !isOfStack(rule, { stack: owner });
  if (rules.some(isForeign)) {
    const said = strangers === undefined ? "exclusive" : "strangers";
    return `Other stacks manage them: remove them there first${hasGroupToItself(inputs) ? `, or remove ${said}` : ""}.`;
  }
  const isDeclared = keysOf(inputs.rules);
  if (rules.every((rule) => isDeclared(rule.inputs) !== undefined)) {
    return "To adopt existing rules, set adopt: true.";
  }
  return strangers === "refuse"
    ? 'The set refuses rules that it does not declare: declare them, remove them, or set strangers: "revoke".'
    : 'A controller would create its rules again: remove exclusive, or replace it with strangers: "revoke" to revoke them anyway.';
}
