import type { EC2Client } from "@aws-sdk/client-ec2";

/** The rules that resources of the program have and are to keep, each with the mark by which it may go all the same. */
const kept = new WeakMap<EC2Client, Map<string, string | undefined>>();

/**
 * Notes the rules of a resource, as the engine has made it, or found that it stays.
 *
 * @param owner the mark of a resource that was made; one that stays is deleted by no mark, whatever a refresh has made
 *   of the state of an earlier self
 */
export function noteKept(client: EC2Client, ruleIds: readonly string[], owner?: string): void {
  const rules = kept.get(client) ?? new Map();
  kept.set(client, rules);
  for (const id of ruleIds) rules.set(id, owner);
}

/**
 * Whether a rule is by its state another resource's than the one that goes by this mark: that one has taken it over in a
 * run that was cut off before the delete of the other. Its mark tells as much, if the read that shows it is not behind.
 * Without marks, any other is meant.
 */
export function isKept(client: EC2Client, ruleId: string, owner: string | undefined): boolean {
  const rules = kept.get(client);
  return rules?.has(ruleId) === true && (owner === undefined || rules.get(ruleId) !== owner);
}
