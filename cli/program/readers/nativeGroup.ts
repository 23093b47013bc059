import { isGiven } from "../../../provider/rule/record";
import { OWN_GROUP, type Reader } from "../reader";
import { ALL_TO_IPV4, ALL_TO_IPV6 } from "../wholeInternet";
import { inLine } from "./inLine";
import { nativeRule } from "./nativeEgress";

/**
 * `aws-native.ec2.SecurityGroup`. Without inline rules, the rules that EC2 gives a new group remain.
 *
 * Source: AWS::EC2::SecurityGroup, "if you do not add egress rules, we add egress rules that allow all outbound IPv4
 * and IPv6 traffic".
 */
export const nativeGroup: Reader = {
  type: "aws-native:ec2:SecurityGroup",
  isGroup: true,
  read: ({ inputs: { securityGroupEgress: said } }) => ({
    rules: inLine("securityGroupEgress", said, (member, at) => [nativeRule(member, OWN_GROUP, at)]),
    ...((!isGiven(said) || (Array.isArray(said) && said.length === 0)) && {
      ofEc2: [ALL_TO_IPV4, ALL_TO_IPV6].map((rule) => ({ ...rule, group: OWN_GROUP })),
    }),
  }),
};
