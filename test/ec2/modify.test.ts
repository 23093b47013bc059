import type { SecurityGroupRule, SecurityGroupRuleRequest } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type DestinationName, destination, destinationNames } from "./destinations";
import { authorize, authorizeOne, ec2, group, modify, readBack } from "./emptyGroup";
import { listOfSize } from "./lists";
import { account, hosts, idOf, ipv4, ipv6, refusal, tcp, unknownGroup, unknownList } from "./rules";

describe("ModifySecurityGroupRules", () => {
  const web = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };

  async function value(name: DestinationName): Promise<SecurityGroupRuleRequest> {
    switch (name) {
      case "IPv4":
        return { CidrIpv4: "10.9.0.0/16" };
      case "IPv6":
        return { CidrIpv6: "2001:db8:9::/48" };
      case "prefix list":
        return { PrefixListId: await listOfSize(ec2, 2) };
      case "group":
        return { ReferencedGroupId: group };
    }
  }

  strictly.each(destinationNames)("changes value, ports, protocol and text of a rule to %s", async (name) => {
    const before = await authorizeOne(tcp(1, destination(name, "before")));
    const asked = { IpProtocol: "UDP", FromPort: 5, ToPort: 6, Description: "after" };
    const target = await value(name);
    await modify([idOf(before), { ...asked, ...target }]);
    const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo, ...kept } = before;
    const { ReferencedGroupId, ...read } = target;
    const reference = { ReferencedGroupInfo: { GroupId: ReferencedGroupId, UserId: account } };
    expect(await endpoint.rules(group)).toEqual([
      { ...kept, ...asked, IpProtocol: "udp", ...read, ...(ReferencedGroupId ? reference : {}) },
    ]);
  });

  strictly.each<[string, SecurityGroupRuleRequest, Partial<SecurityGroupRule>]>([
    ["all, without ports", { IpProtocol: "-1" }, { IpProtocol: "-1", FromPort: -1, ToPort: -1 }],
    ["a number, with ports", { ...web, IpProtocol: "50" }, { IpProtocol: "50", FromPort: -1, ToPort: -1 }],
    ["icmp", { IpProtocol: "1", FromPort: 8, ToPort: 0 }, { IpProtocol: "icmp", FromPort: 8, ToPort: 0 }],
    ["icmpv6, without types", { IpProtocol: "58" }, { IpProtocol: "icmpv6", FromPort: -1, ToPort: -1 }],
  ])("takes the protocol %s", async (_, asked, kept) => {
    const id = idOf(await authorizeOne(tcp(1, destination("IPv4"))));
    await modify([id, { ...asked, CidrIpv4: "10.0.0.0/8" }]);
    expect(await readBack(id)).toMatchObject(kept);
  });

  strictly.each(["IPv4", "IPv6"] as const)(
    "clears the text of a rule to %s that it leaves out",
    async (name) => {
      const id = idOf(await authorizeOne(tcp(1, destination(name, "before"))));
      await modify([id, { ...web, ...(await value(name)) }]);
      expect(await readBack(id)).not.toHaveProperty("Description");
    },
  );

  strictly("keeps tags", async () => {
    const Tags = [{ Key: "k", Value: "v" }];
    const TagSpecifications = [{ ResourceType: "security-group-rule" as const, Tags }];
    const [rule] = await authorize([tcp(1, ipv4("10.0.0.0/8"))], { TagSpecifications });
    const id = idOf(known(rule));
    await modify([id, { ...web, CidrIpv4: "10.1.0.0/16" }]);
    expect(await readBack(id)).toMatchObject({ CidrIpv4: "10.1.0.0/16", Tags });
  });

  strictly.each<[string, SecurityGroupRuleRequest, RegExp]>([
    ["another kind", { ...web, CidrIpv6: "::/0" }, /^InvalidParameterValue: Invalid rule type .*CidrIpv6/],
    [
      "host bits",
      { ...web, CidrIpv4: "10.1.2.3/16" },
      /^InvalidParameterValue: .* is not in canonical form$/,
    ],
    ["no CIDR", { ...web, CidrIpv4: "10.1.2.3" }, /^InvalidParameterValue: .* is malformed$/],
    ["no destination", web, /^MissingParameter/],
    [
      "two destinations",
      { ...web, CidrIpv4: "10.0.0.0/8", CidrIpv6: "::/0" },
      /^InvalidParameterCombination/,
    ],
    ["no protocol", { CidrIpv4: "10.0.0.0/8" }, /^InvalidParameterValue: Invalid value 'null' for protocol/],
    ["no ports", { IpProtocol: "tcp", CidrIpv4: "10.0.0.0/8" }, /^InvalidParameterValue: .* for portRange/],
    [
      "ports the wrong way round",
      { IpProtocol: "tcp", FromPort: 2, ToPort: 1, CidrIpv4: "10.0.0.0/8" },
      /^InvalidParameterValue: Invalid TCP\/UDP port range \(2:1\)$/,
    ],
    [
      "a bad text",
      { ...web, CidrIpv4: "10.0.0.0/8", Description: "don't" },
      /^InvalidParameterValue: Invalid rule description/,
    ],
    [
      "the identity of another rule",
      { ...web, CidrIpv4: "10.2.0.0/16" },
      /^InvalidPermission.Duplicate: the specified rule "peer: 10.2.0.0\/16, TCP, from port: 443, to port: 443, ALLOW"/,
    ],
  ])("refuses %s", async (_, asked, message) => {
    const rules = await authorize([tcp(1, ipv4("10.0.0.0/8")), tcp(443, ipv4("10.2.0.0/16"))]);
    expect(await refusal(modify([idOf(known(rules[0])), asked]))).toMatch(message);
    expect(await endpoint.rules(group)).toEqual(rules);
  });

  strictly.each(["2001:DB8::/32", "2001:db8:0::/32", "2001:db8::1/32"])(
    "refuses %s, not canonical",
    async (cidr) => {
      const id = idOf(await authorizeOne(tcp(1, ipv6("::/0"))));
      expect(await refusal(modify([id, { ...web, CidrIpv6: cidr }]))).toMatch(/is not in canonical form$/);
    },
  );

  strictly.each<[string, SecurityGroupRuleRequest, RegExp]>([
    ["an unknown group", { ReferencedGroupId: unknownGroup }, /^InvalidGroup\.NotFound/],
    ["a group with its account", { ReferencedGroupId: "1/sg-1" }, /^InvalidGroupId\.Malformed/],
    [
      "a list, in place of a group",
      { PrefixListId: unknownList },
      /^InvalidParameterValue: Invalid rule type/,
    ],
  ])("refuses %s", async (_, asked, message) => {
    const id = idOf(await authorizeOne(tcp(1, destination("group"))));
    expect(await refusal(modify([id, { ...web, ...asked }]))).toMatch(message);
  });

  strictly("refuses an unknown list", async () => {
    const id = idOf(await authorizeOne(tcp(1, destination("prefix list"))));
    expect(await refusal(modify([id, { ...web, PrefixListId: unknownList }]))).toMatch(
      /^InvalidPrefixListID\.NotFound/,
    );
  });

  strictly("takes all rules of a request or none", async () => {
    const rules = await authorize([tcp(1, ipv4("10.1.0.0/16", "10.2.0.0/16"))]);
    const [first, second] = [idOf(known(rules[0])), idOf(known(rules[1]))];
    const good: SecurityGroupRuleRequest = { ...web, CidrIpv4: "10.3.0.0/16" };
    for (const bad of [{ ...web, CidrIpv4: "10.4.0.1/16" }, good]) {
      expect(await refusal(modify([first, good], [second, bad]))).toMatch(/^Invalid/);
      expect(await endpoint.rules(group)).toEqual(rules);
    }
    await modify([first, good], [second, { ...web, CidrIpv4: "10.4.0.0/16" }]);
    const cidrs = (await endpoint.rules(group)).map((rule) => rule.CidrIpv4);
    expect(cidrs).toEqual(["10.3.0.0/16", "10.4.0.0/16"]);
  });

  strictly("keeps to the quota", async () => {
    const list = await listOfSize(ec2, 1);
    const PrefixListIds = [{ PrefixListId: list }];
    const [rule] = await authorize([tcp(1, { PrefixListIds }), tcp(2, ipv4(...hosts(59)))]);
    const larger = { ...web, PrefixListId: await listOfSize(ec2, 2) };
    expect(await refusal(modify([idOf(known(rule)), larger]))).toMatch(/^RulesPerSecurityGroupLimitExceeded/);
  });
});
