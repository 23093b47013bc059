import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { OWNER_TAG, sameOwner, sameStack } from "../../ec2/mark";
import { quote } from "../../rule/failure";
import type { PresentRule } from "../../rule/plan/planStep";
import { withoutUndefined } from "../../rule/record";
import { ruleKey } from "../../rule/ruleKey";
import { type EgressRuleSetInputs, keyOf, weightOf } from "./inputs";

/** What a set already holds: the ids of its rules, and the mark that they carry. */
export interface Held {
  readonly ids: ReadonlySet<string>;
  readonly owner: string | undefined;
  /** Whether a rule has passed to another resource in this run. */
  readonly isTaken: (id: string) => boolean;
}

/** The rules of a group as a set stands to them. */
export interface Standing {
  /** Its own, and those that it may take or take away. */
  readonly own: readonly FoundRule[];
  /** Those that are none of its business. */
  readonly others: readonly FoundRule[];
}

/** Tells a set's rules from others; throws where another's rule is in the way. */
export function standing(found: readonly FoundRule[], inputs: EgressRuleSetInputs, held: Held): Standing {
  const own: FoundRule[] = [];
  const others: FoundRule[] = [];
  const inTheWay: FoundRule[] = [];
  for (const rule of found) {
    const isWanted = Object.hasOwn(inputs.rules, keyOf(rule.inputs));
    if (isOwn(rule, inputs, held) || mayTake(rule, isWanted, inputs, held)) own.push(rule);
    else if (isWanted || (inputs.exclusive && !held.isTaken(rule.id))) inTheWay.push(rule);
    else others.push(rule);
  }
  if (inTheWay.length > 0) throw inTheWayError(inTheWay, inputs);
  return { own, others };
}

/** Whether a rule is the set's: it carries its mark, or is in state and carries none that would say otherwise. */
export function isOwn({ id, owner }: FoundRule, inputs: EgressRuleSetInputs, held: Held): boolean {
  if (held.isTaken(id)) return false;
  return (
    sameOwner(owner, inputs.owner) || (held.ids.has(id) && (owner === undefined || owner === held.owner))
  );
}

function mayTake(
  { id, owner }: FoundRule,
  isWanted: boolean,
  { exclusive, adopt, owner: ours }: EgressRuleSetInputs,
  held: Held,
): boolean {
  if (held.isTaken(id)) return false;
  const isFree = owner === undefined || (ours !== undefined && sameStack(owner, ours));
  return isFree && (exclusive === true || (adopt === true && isWanted));
}

function inTheWayError(
  rules: readonly FoundRule[],
  { securityGroupId, exclusive, owner: ours }: EgressRuleSetInputs,
): EgressError {
  const lines = rules.map(
    ({ id, inputs, owner }) =>
      `  ${id}, ${ruleKey(inputs)}, owner ${owner === undefined ? "none" : quote(owner)}`,
  );
  const isForeign = rules.some(
    ({ owner }) => owner !== undefined && (ours === undefined || !sameStack(owner, ours)),
  );
  const remedy = isForeign
    ? `Other programs manage them: remove them there first${exclusive ? ", or leave out exclusive" : ""}.`
    : "To take over what is there already, set adopt: true.";
  return new EgressError(
    `${securityGroupId} has rules that this set may not take:\n${lines.join("\n")}\n${remedy}`,
  );
}

/** A rule as EC2 has it, as a plan takes it. */
export function presentRule(
  { id, inputs: { tags: _, ...inputs }, tags, owner }: FoundRule,
  ofSet: EgressRuleSetInputs,
): PresentRule {
  // Without marks, one that is there from before is left where it is.
  const mark = ofSet.owner === undefined ? {} : withoutUndefined({ [OWNER_TAG]: owner });
  return { id, inputs, tags: { ...mark, ...tags }, weight: weightOf(inputs, ofSet) };
}
