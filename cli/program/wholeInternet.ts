import type { SaidRule } from "./reader";

const ALL: Pick<SaidRule, "protocol"> = { protocol: { name: "protocol", value: "-1" } };

/** The rule that EC2 gives a new group: all traffic to any IPv4 address. */
export const ALL_TO_IPV4: Omit<SaidRule, "group"> = {
  ...ALL,
  destinations: [{ kind: "ipv4", is: { name: "cidr", value: "0.0.0.0/0" } }],
  description: "EC2 allows all traffic from a new group",
};

/** The same rule for IPv6. */
export const ALL_TO_IPV6: Omit<SaidRule, "group"> = {
  ...ALL,
  destinations: [{ kind: "ipv6", is: { name: "cidr", value: "::/0" } }],
  description: "EC2 allows all traffic from a new group",
};
