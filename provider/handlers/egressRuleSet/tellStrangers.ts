import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { discreetly } from "../../rule/discreetly";
import { listed } from "../../rule/listed";
import type { PresentRule } from "../../rule/plan/planStep";
import type { RuleInputs } from "../../rule/rule";
import { keysOf } from "../../rule/ruleSet";
import { hasGroupToItself } from "../../rule/strangers";
import { isKnown } from "../../rule/unknown";
import type { Run } from "../../run";
import { isOfStack } from "../duplicate";
import { type EgressRuleSetInputs, readSetInputs } from "./inputs";
import { whose } from "./inTheWay";
import { standing } from "./standing";
import { type EgressRuleSetState, keyOf } from "./state";

/**
 * Reports before `up` which rules an exclusive set will revoke, because no diff of state shows them, or which rules a
 * set will leave. Also reports why the set must not have the group if others have rules on it.
 *
 * @param olds the set's old inputs, unless it is new
 */
export function foretellStrangers(
  run: Run,
  found: readonly FoundRule[],
  inputs: EgressRuleSetInputs,
  olds: unknown,
): string | undefined {
  const { securityGroupId, strangers } = inputs;
  const isOwn = isRuleOf(readSetInputs(olds));
  const others = found.filter((rule) => !isOwn(rule));
  if (strangers === "report" || (strangers === "refuse" && !isKnown(inputs.rules))) {
    const isDeclared = keysOf(inputs.rules);
    tellUndeclared(
      inputs,
      others.filter((rule) => isDeclared(rule.inputs) === undefined),
    );
    return undefined;
  }
  try {
    const { stranger } = standing(others, inputs, undefined, run);
    if (stranger.length > 0) {
      tell(
        `${securityGroupId}: the exclusive set revokes rules that it does not declare: ${named(stranger)}`,
      );
    }
    return undefined;
  } catch (error) {
    if (error instanceof EgressError) return error.message;
    throw error;
  }
}

/**
 * Recognizes the set's own rules by its old inputs, because check does not see the ids in state, and by their claim,
 * because a refresh shows strangers among the inputs of an exclusive set.
 */
function isRuleOf({ rules, owner }: EgressRuleSetInputs): (rule: FoundRule) => boolean {
  const wasDeclared = keysOf(rules);
  return (rule) =>
    wasDeclared(rule.inputs) !== undefined && (owner === undefined || isOfStack(rule, { stack: owner }));
}

/** Names the undeclared rules that a set leaves in its group, and their owners. */
export function tellUndeclared(
  { securityGroupId }: Pick<EgressRuleSetInputs, "securityGroupId">,
  rules: readonly FoundRule[],
): void {
  if (rules.length > 0) {
    tell(`${securityGroupId} has rules that this set does not declare: ${named(rules, whose)}`);
  }
}

/** Names the strangers that an exclusive set revoked in an update: no state shows them. */
export function tellTakenAway(
  groupId: string,
  strangers: readonly PresentRule[],
  left: readonly PresentRule[],
): void {
  // A stranger that became another rule is gone, too.
  const there = new Map(left.map(({ id, inputs }) => [id, keyOf(inputs)]));
  const gone = strangers.filter(({ id, inputs }) => there.get(id) !== keyOf(inputs));
  if (gone.length > 0) {
    tell(`${groupId}: the exclusive set revoked rules that it does not declare: ${named(gone)}`);
  }
}

/** Names the rules that an exclusive set leaves when it is destroyed, because it does not own them. */
export function tellStrangersLeft(state: EgressRuleSetState, left: readonly NamedRule[]): void {
  const { onDestroy, securityGroupId, ruleIds } = state;
  const held = new Set(Object.values(ruleIds));
  const strangers = hasGroupToItself(state) ? left.filter(({ id }) => !held.has(id)) : [];
  if (strangers.length > 0) {
    tell(
      `${securityGroupId}: rules that the exclusive set does not own are left in place: ${named(strangers)}`,
    );
  }
  if (onDestroy === "restoreDefault" && left.length > 0) {
    tell(`${securityGroupId}: the default rule is not restored, because the group has other rules`);
  }
}

const MOST_NAMED = 10;

/** A rule that may be partly unreadable. */
interface NamedRule {
  readonly id: string;
  readonly inputs?: RuleInputs;
}

function named<Rule extends NamedRule>(
  rules: readonly Rule[],
  more: (rule: Rule) => string | undefined = () => undefined,
): string {
  const texts = rules.map((rule) => {
    const inBrackets = [rule.id, more(rule)].filter((text) => text !== undefined).join(", ");
    return rule.inputs === undefined ? inBrackets : `${keyOf(rule.inputs)} (${inBrackets})`;
  });
  return listed(texts, MOST_NAMED);
}

function tell(text: string): void {
  console.error(discreetly(text));
}
