import type { EC2Client } from "@aws-sdk/client-ec2";

/** The rules that resources of the program have in this run of the engine, and are to keep. */
const kept = new WeakMap<EC2Client, Set<string>>();

/** The rules that resources of this run have made or taken. */
const got = new WeakMap<EC2Client, Set<string>>();

/** Notes the rules of a resource that the program declares, as the engine has compared it with its state. */
export function noteKept(client: EC2Client, ruleIds: readonly string[]): void {
  note(kept, client, ruleIds);
}

/** Notes the rules of a resource that was made in this run. */
export function noteGot(client: EC2Client, ruleIds: readonly string[]): void {
  note(got, client, ruleIds);
}

function note(rules: WeakMap<EC2Client, Set<string>>, client: EC2Client, ruleIds: readonly string[]): void {
  const ofClient = rules.get(client) ?? new Set();
  rules.set(client, ofClient);
  for (const id of ruleIds) ofClient.add(id);
}

/**
 * Whether a rule is another resource's by its state, which has taken it over in a run that was cut off before the delete
 * of the one that had it. Its mark tells as much, if the read that shows it is not behind.
 */
export function isKept(client: EC2Client, ruleId: string): boolean {
  return kept.get(client)?.has(ruleId) === true;
}

/** Whether a rule without a mark is another's that was made in this run. Where there is a mark, that tells. */
export function isGotUnmarked(
  client: EC2Client,
  ruleId: string,
  onRule: string | undefined,
  inState: string | undefined,
): boolean {
  return onRule === undefined && inState === undefined && got.get(client)?.has(ruleId) === true;
}
