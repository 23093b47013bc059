import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { declaredOnly } from "../ec2/declaredOnly";
import { endpoint } from "../world";

/** The rules of a group without its initial one. */
export async function declaredRules(group: string, region?: string): Promise<SecurityGroupRule[]> {
  return declaredOnly(await endpoint.rules(group, region));
}

/** The id of each of them, by its port. */
export async function idsByPort(
  group: string,
  region?: string,
): Promise<{ readonly [port: string]: string }> {
  const rules = await declaredRules(group, region);
  return Object.fromEntries(rules.map(({ FromPort, SecurityGroupRuleId: id = "" }) => [FromPort, id]));
}
