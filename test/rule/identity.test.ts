import { identity, identityInGroup } from "../../provider/rule/identity";
import { ruleOf } from "../../provider/rule/rule";
import { ACCOUNT, accepted, GROUP, OTHER_GROUP, PREFIX_LIST, RULE, TO_NOWHERE } from "./reading";

const identityOf = (args: object) => identity(ruleOf(accepted(args)));

test.each<[string, object, object]>([
  ["host bits", { cidrIpv4: "100.68.0.18/18" }, { cidrIpv4: "100.68.0.0/18" }],
  [
    "spellings of IPv6",
    { cidrIpv4: null, cidrIpv6: "2001:DB8:0:0::1/32" },
    { cidrIpv4: null, cidrIpv6: "2001:db8::/32" },
  ],
  ["a protocol's name and number", { ipProtocol: "TCP" }, { ipProtocol: 6 }],
  ["ports as text", { fromPort: "443", toPort: "443" }, {}],
  ["ports of all protocols", { ipProtocol: "-1" }, { ipProtocol: "all", fromPort: -1, toPort: -1 }],
  ["ports of a protocol without", { ipProtocol: "50" }, { ipProtocol: 50, fromPort: null, toPort: null }],
  [
    "all of icmpv6",
    { ipProtocol: "icmpv6", fromPort: null, toPort: null },
    { ipProtocol: 58, fromPort: -1, toPort: -1 },
  ],
  [
    "an ICMP type by name",
    { ipProtocol: "icmp", fromPort: null, toPort: null, icmp: { type: "echo-request", code: 0 } },
    { ipProtocol: "icmp", fromPort: 8, toPort: 0 },
  ],
  ["descriptions", { description: "one" }, { description: "other" }],
  ["tags", { tags: { Team: "one" } }, { tags: { Team: "other" } }],
  [
    "the account beside a group, whose id is its own",
    { cidrIpv4: null, referencedSecurityGroupId: OTHER_GROUP },
    { cidrIpv4: null, referencedSecurityGroupId: `${ACCOUNT}/${OTHER_GROUP}` },
  ],
])("%s keep the rule the same", (_, one, other) => {
  expect(identityOf({ ...RULE, ...one })).toBe(identityOf({ ...RULE, ...other }));
});

test.each<[string, object]>([
  ["group", { securityGroupId: OTHER_GROUP }],
  ["protocol", { ipProtocol: "udp" }],
  ["first port", { fromPort: 442 }],
  ["last port", { toPort: 444 }],
  ["address", { cidrIpv4: "10.1.0.0/16" }],
  ["prefix length", { cidrIpv4: "10.0.0.0/17" }],
  ["kind of destination", { cidrIpv4: null, cidrIpv6: "::/0" }],
  ["protocol and so no ports", { ipProtocol: "-1" }],
])("a different %s makes a different rule", (_, args) => {
  expect(identityOf({ ...RULE, ...args })).not.toBe(identityOf(RULE));
});

test("ports with the same digits make two rules", () => {
  expect(identityOf({ ...RULE, fromPort: 1, toPort: 123 })).not.toBe(
    identityOf({ ...RULE, fromPort: 11, toPort: 23 }),
  );
});

test("anywhere in IPv4 and anywhere in IPv6 are two rules", () => {
  expect(identityOf({ ...TO_NOWHERE, cidrIpv4: "0.0.0.0/0" })).not.toBe(
    identityOf({ ...TO_NOWHERE, cidrIpv6: "::/0" }),
  );
});

test("type 3 code 4 of icmp and of icmpv6 are two rules", () => {
  const args = { ...RULE, fromPort: 3, toPort: 4 };
  expect(identityOf({ ...args, ipProtocol: "icmp" })).not.toBe(identityOf({ ...args, ipProtocol: "icmpv6" }));
});

test("within a group, rules differ even without the group", () => {
  const inGroup = (args: object) => identityInGroup(ruleOf(accepted({ ...RULE, ...args })));
  expect(inGroup({ securityGroupId: OTHER_GROUP })).toBe(inGroup({ securityGroupId: GROUP }));
  expect(inGroup({ toPort: 444 })).not.toBe(inGroup({}));
  expect(inGroup({ cidrIpv4: null, prefixListId: PREFIX_LIST })).not.toBe(inGroup({}));
});
