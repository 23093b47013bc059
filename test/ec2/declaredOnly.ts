import type { SecurityGroupRule } from "@aws-sdk/client-ec2";

/** The rules without the one that a group is made with. */
export function declaredOnly(rules: readonly SecurityGroupRule[] = []): SecurityGroupRule[] {
  return rules.filter(({ IpProtocol }) => IpProtocol !== "-1");
}
