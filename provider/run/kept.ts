import type { EC2Client } from "@aws-sdk/client-ec2";

/** The rules that resources of the program have in this run of the engine, and are to keep. */
const kept = new WeakMap<EC2Client, Set<string>>();

/** Notes the rules of a resource that the program declares, as the engine has compared it with its state or made it. */
export function noteKept(client: EC2Client, ruleIds: readonly string[]): void {
  const ofClient = kept.get(client) ?? new Set();
  kept.set(client, ofClient);
  for (const id of ruleIds) ofClient.add(id);
}

/**
 * Whether a rule without a mark is to stay as another resource of the program has it too: that one was made in this
 * run, or has taken the rule over in one that was cut off before the delete. Where there is a mark, that tells.
 */
export function isKeptUnmarked(
  client: EC2Client,
  ruleId: string,
  onRule: string | undefined,
  inState: string | undefined,
): boolean {
  return onRule === undefined && inState === undefined && kept.get(client)?.has(ruleId) === true;
}
