import type { UnknownRecord } from "../../../provider/rule/record";
import { destinationList } from "../lists";
import { OWN_GROUP, type Reader, type SaidRule } from "../reader";
import { eachOf, itself } from "./awsGroupRule";
import { inLine } from "./inLine";

/** `aws.ec2.SecurityGroup`. Without inline rules, its provider revokes the rule that EC2 gives a new group. */
export const awsGroup: Reader = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  isGroup: true,
  read: ({ inputs }) => ({ rules: inLine("egress", inputs.egress, rulesOf) }),
};

/** The rules of one member of `egress`: one for each destination. */
export function rulesOf(member: UnknownRecord, at: string): SaidRule[] {
  const common = {
    group: OWN_GROUP,
    protocol: { name: `${at}protocol`, value: member.protocol },
    from: { name: `${at}fromPort`, value: member.fromPort },
    to: { name: `${at}toPort`, value: member.toPort },
    description: member.description,
  } as const;
  return eachOf(common, [
    ...destinationList("ipv4", `${at}cidrBlocks`, member.cidrBlocks),
    ...destinationList("ipv6", `${at}ipv6CidrBlocks`, member.ipv6CidrBlocks),
    ...destinationList("prefixList", `${at}prefixListIds`, member.prefixListIds),
    ...destinationList("securityGroup", `${at}securityGroups`, member.securityGroups),
    ...itself(member.self, `${at}self`),
  ]);
}
