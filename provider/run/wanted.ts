import type { EC2Client } from "@aws-sdk/client-ec2";
import { identity } from "../rule/identity";
import { type RuleInputs, ruleOf } from "../rule/rule";

/** What resources of this run of the engine want and have not got, by identity. */
const wanted = new WeakMap<EC2Client, Set<string>>();

/**
 * Notes that a resource wants these rules until it has got them, which is forever where that fails.
 *
 * The engine may go on after a failure (`--continue-on-error`) and delete the resource that has had a rule under
 * another name. The program declares that rule still, so it must not go.
 */
export async function wanting<Got>(
  client: EC2Client,
  rules: readonly RuleInputs[],
  get: () => Promise<Got>,
): Promise<Got> {
  const identities = rules.map((rule) => identity(ruleOf(rule)));
  const ofClient = wanted.get(client) ?? new Set();
  wanted.set(client, ofClient);
  for (const one of identities) ofClient.add(one);
  const got = await get();
  for (const one of identities) ofClient.delete(one);
  return got;
}

/** Whether a resource of this run wants the rule and has not got it. */
export function isWanted(client: EC2Client, rule: RuleInputs): boolean {
  return wanted.get(client)?.has(identity(ruleOf(rule))) === true;
}
