import { destination, destinationList } from "../lists";
import { OWN_GROUP, type Reader, type SaidRule } from "../reader";
import { known } from "../secret";

/** `aws.ec2.SecurityGroupRule` of type `egress`: one rule for each destination. */
export const awsGroupRule: Reader = {
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  isGroup: false,
  read: ({ inputs }) => {
    if (known(inputs.type) === "ingress") return { rules: [] };
    const common = {
      group: { name: "securityGroupId", value: inputs.securityGroupId },
      protocol: { name: "protocol", value: inputs.protocol },
      from: { name: "fromPort", value: inputs.fromPort },
      to: { name: "toPort", value: inputs.toPort },
      description: inputs.description,
      ...(known(inputs.type) !== "egress" && { doubt: DOUBT }),
    };
    const destinations = [
      ...destinationList("ipv4", "cidrBlocks", inputs.cidrBlocks),
      ...destinationList("ipv6", "ipv6CidrBlocks", inputs.ipv6CidrBlocks),
      ...destinationList("prefixList", "prefixListIds", inputs.prefixListIds),
      ...destination("securityGroup", "sourceSecurityGroupId", inputs.sourceSecurityGroupId),
      ...itself(inputs.self),
    ];
    return { rules: eachOf(common, destinations) };
  },
};

const DOUBT = { name: "type", text: "its type is unknown: it may not be an outbound rule" };

/** Splits a rule into one for each destination. It keeps a rule without one, so that the parser reports it. */
export function eachOf(
  common: Omit<SaidRule, "destinations">,
  destinations: SaidRule["destinations"],
): SaidRule[] {
  if (destinations.length === 0) return [{ ...common, destinations }];
  return destinations.map((one) => ({ ...common, destinations: [one] }));
}

/** The destination of `self`. */
export function itself(self: unknown, name = "self"): SaidRule["destinations"] {
  const value = known(self);
  if (value === true || value === "true") return [{ kind: "securityGroup", is: OWN_GROUP }];
  const isNone = value === undefined || value === null || value === false || value === "false";
  return isNone ? [] : [{ kind: "securityGroup", is: { name, value: self } }];
}
