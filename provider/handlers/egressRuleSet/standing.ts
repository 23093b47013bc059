import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { sameOwner, sameStack } from "../../ec2/mark";
import { quote } from "../../rule/failure";
import { ruleKey } from "../../rule/ruleKey";
import { keysOf } from "../../rule/ruleSet";
import type { EgressRuleSetInputs } from "./inputs";

/** What a set holds already. */
export interface Held {
  /** The ids of its rules, each with the mark that it is known to carry. */
  readonly marks: ReadonlyMap<string, string | undefined>;
  /** Whether a rule has passed to another resource in this run. */
  readonly isTaken: (id: string) => boolean;
}

/** What a set holds, and what it may have. */
export interface Claims extends Held {
  /** Whether the resource that has a rule leaves it to who wants it. */
  readonly isLeft: (rule: FoundRule) => boolean;
}

/** The rules of a group as a set stands to them. */
export interface Standing {
  /** Its own, and those that it may take or take away. */
  readonly own: readonly FoundRule[];
  /** Those that are none of its business. */
  readonly others: readonly FoundRule[];
}

/** Tells a set's rules from others; throws where another's rule is in the way. */
export function standing(found: readonly FoundRule[], inputs: EgressRuleSetInputs, held: Claims): Standing {
  const own: FoundRule[] = [];
  const others: FoundRule[] = [];
  const inTheWay: FoundRule[] = [];
  const wantedKey = keysOf(inputs.rules);
  for (const rule of found) {
    const isWanted = wantedKey(rule.inputs) !== undefined;
    if (isOwn(rule, inputs.owner, held) || mayTake(rule, isWanted, inputs, held)) own.push(rule);
    else if (isWanted || (inputs.exclusive && !held.isTaken(rule.id))) inTheWay.push(rule);
    else others.push(rule);
  }
  if (inTheWay.length > 0) throw inTheWayError(inTheWay, inputs);
  return { own, others };
}

/**
 * Whether a rule is the set's: it carries the set's mark, or is in state and carries the mark that state knows, or
 * none that would say otherwise.
 */
export function isOwn({ id, owner }: FoundRule, ofSet: string | undefined, held: Held): boolean {
  if (held.isTaken(id)) return false;
  if (sameOwner(owner, ofSet)) return true;
  return held.marks.has(id) && (owner === undefined || owner === held.marks.get(id));
}

function mayTake(
  rule: FoundRule,
  isWanted: boolean,
  { exclusive, adopt, owner: ours }: EgressRuleSetInputs,
  { isTaken, isLeft }: Claims,
): boolean {
  const { id, owner } = rule;
  if (isTaken(id)) return false;
  if (isWanted && isLeft(rule)) return true;
  const isFree = owner === undefined || isOfStack(owner, ours);
  return isFree && (exclusive === true || (adopt === true && isWanted));
}

const MOST_NAMED = 10;

function inTheWayError(
  rules: readonly FoundRule[],
  { securityGroupId, exclusive, owner: ours }: EgressRuleSetInputs,
): EgressError {
  const lines = rules.map(
    ({ id, inputs, owner }) =>
      `  ${id}, ${ruleKey(inputs)}, owner ${owner === undefined ? "none" : quote(owner)}`,
  );
  const named = lines.slice(0, MOST_NAMED);
  if (lines.length > named.length) named.push(`  and ${lines.length - named.length} more`);
  const isForeign = rules.some(({ owner }) => owner !== undefined && !isOfStack(owner, ours));
  const isRenamed = rules.some(({ owner }) => owner !== undefined && isOfStack(owner, ours));
  const remedies = [
    ...(isForeign
      ? [`Other programs manage them: remove them there first${exclusive ? ", or leave out exclusive" : ""}.`]
      : ["To take over what is there already, set adopt: true."]),
    ...(isRenamed ? ["If these are its rules from before it was renamed, give it aliases."] : []),
  ];
  return new EgressError(
    `${securityGroupId} has rules that this set may not take:\n${named.join("\n")}\n${remedies.join(" ")}`,
  );
}

function isOfStack(owner: string, ours: string | undefined): boolean {
  return ours !== undefined && sameStack(owner, ours);
}
