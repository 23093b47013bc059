import { type RuleInputs, ruleOf, ruleText, ruleTextOnGroup } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import {
  ACCOUNT,
  accepted,
  DESTINATIONS,
  GROUP,
  OTHER_GROUP,
  PREFIX_LIST,
  RULE,
  TO_NOWHERE,
} from "./reading";

const textOf = (args: object) => ruleText(ruleOf(accepted({ ...RULE, ...args })));

test.each([
  [{}, "tcp 443 to 10.0.0.0/16"],
  [{ ipProtocol: 6 }, "tcp 443 to 10.0.0.0/16"],
  [{ toPort: 444 }, "tcp 443-444 to 10.0.0.0/16"],
  [{ ipProtocol: "udp", fromPort: 0, toPort: 65535 }, "udp 0-65535 to 10.0.0.0/16"],
  [{ ipProtocol: "icmp", fromPort: 8, toPort: 0 }, "icmp type 8 code 0 to 10.0.0.0/16"],
  [{ ipProtocol: "icmp", fromPort: 3, toPort: -1 }, "icmp type 3 to 10.0.0.0/16"],
  [{ ipProtocol: "icmp", fromPort: -1, toPort: -1 }, "all icmp to 10.0.0.0/16"],
  [{ ipProtocol: "icmpv6", fromPort: null, toPort: null }, "all icmpv6 to 10.0.0.0/16"],
  [{ ipProtocol: "50" }, "protocol 50 to 10.0.0.0/16"],
  [{ ipProtocol: "-1" }, "all traffic to 10.0.0.0/16"],
])("%j is shown as %s", (args, text) => {
  expect(textOf(args)).toBe(text);
});

test.each(Object.entries(DESTINATIONS))(
  "a destination by %s is described by its value",
  (property, value) => {
    expect(textOf({ cidrIpv4: null, [property]: value })).toBe(`tcp 443 to ${value}`);
  },
);

test("a destination of an unknown kind is described as unknown", () => {
  expect(textOf({ cidrIpv4: UNKNOWN, cidrIpv6: UNKNOWN })).toContain("not yet known");
});

test("the group is shown where it matters", () => {
  expect(ruleTextOnGroup(accepted(RULE))).toBe(`tcp 443 to 10.0.0.0/16 on ${GROUP}`);
});

test.each<[string, object, string, string]>([
  ["ipv4", { cidrIpv4: "10.0.0.0/16" }, "ipv4", "10.0.0.0/16"],
  ["ipv6", { cidrIpv6: "::/0" }, "ipv6", "::/0"],
  ["prefix list", { prefixListId: PREFIX_LIST }, "prefixList", PREFIX_LIST],
  ["group", { referencedSecurityGroupId: OTHER_GROUP }, "securityGroup", OTHER_GROUP],
  ["foreign group", { referencedSecurityGroupId: `${ACCOUNT}/${OTHER_GROUP}` }, "securityGroup", OTHER_GROUP],
  ["unknown list", { prefixListId: UNKNOWN }, "prefixList", UNKNOWN],
])("%s: one destination, of one kind", (_, args, kind, value) => {
  expect(ruleOf(accepted({ ...TO_NOWHERE, ...args })).destination).toEqual({ kind, value });
});

test("a rule is what EC2 returns, without description and tags", () => {
  const inputs: RuleInputs = accepted({ ...RULE, description: "to the LAN", tags: { Team: "web" } });
  expect(ruleOf(inputs)).toStrictEqual({
    securityGroupId: GROUP,
    protocol: "tcp",
    ports: { from: 443, to: 443 },
    destination: { kind: "ipv4", value: "10.0.0.0/16" },
  });
  expect(ruleOf(accepted({ ...RULE, ipProtocol: "-1" }))).not.toHaveProperty("ports");
});
