import type { UnknownRecord } from "../../../provider/rule/record";
import { destination } from "../lists";
import type { Given, OwnGroup, Reader, SaidRule } from "../reader";

export const nativeEgress: Reader = {
  type: "aws-native:ec2:SecurityGroupEgress",
  isGroup: false,
  read: ({ inputs }) => ({ rules: [nativeRule(inputs, { name: "groupId", value: inputs.groupId })] }),
};

/** Reads a rule with CloudFormation's properties. */
export function nativeRule(said: UnknownRecord, group: Given | OwnGroup, at = ""): SaidRule {
  return {
    group,
    protocol: { name: `${at}ipProtocol`, value: said.ipProtocol },
    from: { name: `${at}fromPort`, value: said.fromPort },
    to: { name: `${at}toPort`, value: said.toPort },
    destinations: [
      ...destination("ipv4", `${at}cidrIp`, said.cidrIp),
      ...destination("ipv6", `${at}cidrIpv6`, said.cidrIpv6),
      ...destination("prefixList", `${at}destinationPrefixListId`, said.destinationPrefixListId),
      ...destination("securityGroup", `${at}destinationSecurityGroupId`, said.destinationSecurityGroupId),
    ],
    description: said.description,
  };
}
