import { parse } from "../../provider/rule/parse";
import { warningsOf } from "../../provider/rule/warnings";

function warned(args: object): string[] {
  const given = {
    securityGroupId: "sg-0123456789abcdef0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    ...args,
  };
  const parsed = parse(given);
  if ("failures" in parsed) throw new Error(JSON.stringify(parsed.failures));
  return warningsOf(parsed.inputs, given).map(({ kind, text }) => `${kind}: ${text}`);
}

test.each<[string, object, string]>([
  [
    "host bits",
    { cidrIpv4: "10.0.0.18/18" },
    'hostBits: "10.0.0.18/18" allows all 16,384 addresses of 10.0.0.0/18',
  ],
  [
    "IPv6 host bits",
    { cidrIpv6: "2001:db8::1/32" },
    'hostBits: "2001:db8::1/32" allows all 2^96 addresses of 2001:db8::/32',
  ],
  [
    "DNS of the VPC",
    { ipProtocol: "udp", fromPort: 53, toPort: 53, cidrIpv4: "169.254.169.253/32" },
    "unfiltered: udp 53 to 169.254.169.253/32",
  ],
  [
    "the time service over IPv6",
    { ipProtocol: "udp", fromPort: 123, toPort: 123, cidrIpv6: "fd00:ec2::123/128" },
    "unfiltered: udp 123 to",
  ],
  [
    "port 25",
    { fromPort: 25, toPort: 25, cidrIpv4: "10.0.0.0/16" },
    "smtp: tcp 25 to 10.0.0.0/16: EC2 blocks port 25",
  ],
  [
    "ephemeral ports",
    { fromPort: 1024, toPort: 65535, cidrIpv4: "10.0.0.0/16" },
    "ephemeralPorts: tcp 1024-65535",
  ],
  [
    "those of Linux",
    { ipProtocol: "udp", fromPort: 32768, toPort: 60999, cidrIpv4: "10.0.0.0/16" },
    "ephemeralPorts: udp",
  ],
  [
    "ICMP to IPv6",
    { ipProtocol: "icmp", fromPort: 8, toPort: 0, cidrIpv6: "2001:db8::/32" },
    "family: icmp type 8 code 0 to 2001:db8::/32 allows nothing, because ICMP is for IPv4: for IPv6 use icmpv6, whose types have other numbers",
  ],
  [
    "ICMPv6 to IPv4",
    { ipProtocol: 58, fromPort: undefined, toPort: undefined, cidrIpv4: "10.0.0.0/16" },
    "family: all icmpv6 to 10.0.0.0/16 allows nothing, because ICMPv6 is for IPv6: for IPv4 use icmp, whose types have other numbers",
  ],
  [
    "all traffic anywhere",
    { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    "anywhere: all traffic to 0.0.0.0/0 allows every port to every IPv4 address",
  ],
  [
    "all TCP anywhere over IPv6",
    { fromPort: 0, toPort: 65535, cidrIpv6: "::/0" },
    "anywhere: tcp 0-65535 to ::/0 allows every port to every IPv6 address",
  ],
])("warns of %s", (_, args, expected) => {
  const warnings = warned(args);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(expected);
});

test.each<[string, object]>([
  ["a network written as one", { cidrIpv4: "10.0.0.0/18" }],
  ["a single address", { cidrIpv4: "10.0.0.18/32" }],
  ["IPv6 in another spelling", { cidrIpv6: "2001:DB8:0::/32" }],
  ["HTTPS to anywhere", { cidrIpv4: "0.0.0.0/0" }],
  ["ICMP to IPv4", { ipProtocol: "icmp", fromPort: 8, toPort: 0, cidrIpv4: "10.0.0.0/16" }],
  ["ICMPv6 to IPv6", { ipProtocol: "icmpv6", fromPort: -1, toPort: -1, cidrIpv6: "2001:db8::/32" }],
  [
    "ICMPv6 to a group",
    { ipProtocol: "icmpv6", fromPort: -1, toPort: -1, referencedSecurityGroupId: "sg-0123456789abcdef0" },
  ],
  ["all traffic to a network", { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }],
  ["a range of ports that begins elsewhere", { fromPort: 8000, toPort: 65535, cidrIpv4: "10.0.0.0/16" }],
  ["a group", { ipProtocol: "-1", referencedSecurityGroupId: "sg-0123456789abcdef1" }],
  ["a prefix list", { prefixListId: "pl-0123456789abcdef0" }],
])("does not warn of %s", (_, args) => {
  expect(warned(args)).toEqual([]);
});
