import type { UnknownRecord } from "../../../provider/rule/record";
import { destination } from "../lists";
import type { Reader, SaidRule } from "../reader";

export const egressRule: Reader = {
  type: "pulumi-nodejs:dynamic/aws-egress:EgressRule",
  isGroup: false,
  read: ({ inputs }) => ({ rules: [ruleOf(inputs)] }),
};

/** Reads a rule with the properties of `EgressRule`, which are those of `@pulumi/aws`. */
export function ruleOf(inputs: UnknownRecord): SaidRule {
  return {
    group: { name: "securityGroupId", value: inputs.securityGroupId },
    protocol: { name: "ipProtocol", value: inputs.ipProtocol },
    from: { name: "fromPort", value: inputs.fromPort },
    to: { name: "toPort", value: inputs.toPort },
    destinations: [
      ...destination("ipv4", "cidrIpv4", inputs.cidrIpv4),
      ...destination("ipv6", "cidrIpv6", inputs.cidrIpv6),
      ...destination("prefixList", "prefixListId", inputs.prefixListId),
      ...destination("securityGroup", "referencedSecurityGroupId", inputs.referencedSecurityGroupId),
    ],
    description: inputs.description,
  };
}
