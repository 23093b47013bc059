import type { EC2Client } from "@aws-sdk/client-ec2";
import type { FoundRule } from "./foundRule";
import { sameOwner, sameStack, standsFor } from "./mark";

/** The rules that resources of the program have had or got in this run of the engine, with the mark of each resource. */
const held = new WeakMap<EC2Client, Map<string, string | undefined>>();

export function noteHeld(client: EC2Client, ruleId: string, owner: string | undefined): void {
  held.set(client, (held.get(client) ?? new Map()).set(ruleId, owner));
}

/** Whether a rule is known to be this program's: by its mark, or because a resource of this run has it. */
export function isOfProgram(
  client: EC2Client,
  { id, owner: onRule }: FoundRule,
  owner: string | undefined,
): boolean {
  if (onRule !== undefined) return owner !== undefined && sameStack(onRule, owner);
  return held.get(client)?.has(id) === true;
}

/** Whether a rule carries the mark of a resource that has another one now, as after a replacement that was cut off. */
export function isLeftBehind(client: EC2Client, { id, owner: onRule }: FoundRule): boolean {
  return [...(held.get(client) ?? [])].some(([otherId, owner]) => otherId !== id && sameOwner(onRule, owner));
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
  const holder = held.get(client)?.get(id);
  return standsFor(onRule, owner) && (holder === undefined || sameOwner(holder, owner));
}
