import type { EC2Client } from "@aws-sdk/client-ec2";

/** The rules that resources have taken over in this run of the engine, with the mark that each carries since. */
const taken = new WeakMap<EC2Client, Map<string, string | undefined>>();

export function noteTaken(client: EC2Client, ruleId: string, owner: string | undefined): void {
  taken.set(client, (taken.get(client) ?? new Map()).set(ruleId, owner));
}

/**
 * Whether a rule has passed to another resource in this run, so that the one that goes by this mark must leave it
 * alone. Without marks, any other is meant.
 */
export function isTakenFrom(client: EC2Client, ruleId: string, owner: string | undefined): boolean {
  const rules = taken.get(client);
  return rules?.has(ruleId) === true && (owner === undefined || rules.get(ruleId) !== owner);
}
