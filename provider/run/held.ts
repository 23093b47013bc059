import type { EC2Client } from "@aws-sdk/client-ec2";
import type { FoundRule } from "../ec2/foundRule";
import { declaredMark, sameOwner, sameStack, standsFor } from "../ec2/mark";

/** What the resources of the program have had or got in this run of the engine. */
interface Held {
  /** The mark of the resource that has a rule. */
  readonly byRule: Map<string, string | undefined>;
  /** The marks of them all, of those too that have no rule. */
  readonly marks: Set<string>;
}

const held = new WeakMap<EC2Client, Held>();

/** Notes the rules of a resource that goes by this mark. */
export function noteHeld(client: EC2Client, ruleIds: readonly string[], owner: string | undefined): void {
  const ofClient = held.get(client) ?? { byRule: new Map(), marks: new Set() };
  held.set(client, ofClient);
  for (const id of ruleIds) ofClient.byRule.set(id, owner);
  if (owner !== undefined) ofClient.marks.add(declaredMark(owner));
}

/** Whether a rule is known to be this program's: by its mark, or because a resource of this run has it. */
export function isOfProgram(
  client: EC2Client,
  { id, owner: onRule }: FoundRule,
  owner: string | undefined,
): boolean {
  if (onRule !== undefined) return owner !== undefined && sameStack(onRule, owner);
  return held.get(client)?.byRule.has(id) === true;
}

/** Whether a rule that none has carries the mark of one of them, as after a run that was cut off. */
export function isLeftBehind(client: EC2Client, { id, owner: onRule }: FoundRule): boolean {
  if (onRule === undefined) return false;
  const { byRule, marks } = held.get(client) ?? {};
  return marks?.has(declaredMark(onRule)) === true && !byRule?.has(id);
}

/**
 * Whether a rule that is there is that of the resource with this mark, from an earlier run or after a lost answer.
 *
 * A joint mark stands for several resources: the rule is not this one's where another of them is known to have it.
 */
export function isOwn(
  client: EC2Client,
  { id, owner: onRule }: FoundRule,
  owner: string | undefined,
): boolean {
  if (sameOwner(onRule, owner)) return true;
  const holder = held.get(client)?.byRule.get(id);
  return standsFor(onRule, owner) && (holder === undefined || sameOwner(holder, owner));
}
