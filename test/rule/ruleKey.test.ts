import fc from "fast-check";
import { parse } from "../../provider/rule/parse";
import { argsOfKey, ruleKey } from "../../provider/rule/ruleKey";
import { UNKNOWN } from "../../provider/rule/unknown";
import { spelledRule } from "./arbitraries";
import { accepted, GROUP } from "./reading";

const keyOf = (args: object) => ruleKey(accepted({ securityGroupId: GROUP, ...args }));

test.each<[object, string]>([
  [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.9.9/16" }, "tcp 443 to 10.0.0.0/16"],
  [{ ipProtocol: "udp", fromPort: 1, toPort: 9, cidrIpv6: "::/0" }, "udp 1-9 to ::/0"],
  [
    { ipProtocol: "icmp", icmp: { type: 8 }, prefixListId: "pl-0123456789abcdef0" },
    "icmp type 8 to pl-0123456789abcdef0",
  ],
  [{ ipProtocol: "icmpv6", cidrIpv6: "::/0" }, "all icmpv6 to ::/0"],
  [
    { ipProtocol: 50, referencedSecurityGroupId: "123456789012/sg-0123456789abcdef1" },
    "protocol 50 to 123456789012/sg-0123456789abcdef1",
  ],
  [{ ipProtocol: -1, cidrIpv4: "0.0.0.0/0" }, "all traffic to 0.0.0.0/0"],
])("%j is %s", (args, key) => {
  expect(keyOf(args)).toBe(key);
});

test("a rule survives the round trip through its key", () => {
  fc.assert(
    fc.property(spelledRule, ([, args]) => {
      const { description: _, tags: __, ...inputs } = accepted(args);
      const read = parse({ ...argsOfKey(ruleKey(inputs) ?? ""), securityGroupId: inputs.securityGroupId });
      expect(read).toEqual({ inputs });
    }),
  );
});

test("unknown rules have no key, and invalid keys have no rule", () => {
  const rule = { ipProtocol: "tcp", fromPort: 1, toPort: 1 };
  expect(keyOf({ ...rule, referencedSecurityGroupId: UNKNOWN })).toBeUndefined();
  expect(keyOf({ ...rule, fromPort: UNKNOWN, cidrIpv4: "10.0.0.0/8" })).toBeUndefined();
  for (const key of ["", "tcp 443", "sctp 1 to 10.0.0.0/8", "tcp 443 to", "a destination not yet known"]) {
    expect(argsOfKey(key)).toBeUndefined();
  }
});
