import type { IpPermission } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { destination, destinationNames, s3List } from "./destinations";
import { authorize, authorizeOne, group, other } from "./emptyGroup";
import { account, ipv4, ipv6, refusal, tcp, unknownGroup } from "./rules";

describe("an authorization", () => {
  strictly.each<[string, () => IpPermission[], RegExp]>([
    ["no permission", () => [], /^MissingParameter/],
    ["no destination", () => [tcp(443, {})], /^MissingParameter/],
    [
      "two kinds of destination",
      () => [tcp(443, { ...ipv4("10.0.0.0/8"), ...ipv6("::/0") })],
      /^InvalidParameterCombination/,
    ],
  ])("with %s is refused", async (_, permissions, message) => {
    expect(await refusal(authorize(permissions()))).toMatch(message);
  });

  strictly.each([
    { CidrIp: "10.0.0.0/8" },
    { IpProtocol: "tcp" },
    { FromPort: 443 },
    { ToPort: 443 },
    { SourceSecurityGroupName: "first" },
    { SourceSecurityGroupOwnerId: account },
  ])("with the parameter of old %j is refused", async (legacy) => {
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8"))], legacy))).toMatch(
      /^InvalidParameterCombination/,
    );
  });

  strictly("of several permissions answers with every rule, whole", async () => {
    const permissions = destinationNames.map((name, index) =>
      tcp(index + 1, destination(name, `to ${name}`)),
    );
    const rules = await authorize([...permissions, tcp(9, ipv4("10.1.0.0/16", "10.2.0.0/16"))], {
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags: [{ Key: "team", Value: "a" }] }],
    });
    const common = {
      SecurityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      SecurityGroupRuleArn: expect.stringMatching(
        new RegExp(`^arn:aws:ec2:us-east-1:${account}:security-group-rule/sgr-[0-9a-f]{17}$`),
      ),
      GroupId: group,
      GroupOwnerId: account,
      IsEgress: true,
      IpProtocol: "tcp",
      Tags: [{ Key: "team", Value: "a" }],
    };
    expect(rules).toEqual([
      { ...common, FromPort: 1, ToPort: 1, CidrIpv4: "10.0.0.0/8", Description: "to IPv4" },
      { ...common, FromPort: 2, ToPort: 2, CidrIpv6: "2001:db8::/32", Description: "to IPv6" },
      { ...common, FromPort: 3, ToPort: 3, PrefixListId: s3List, Description: "to prefix list" },
      {
        ...common,
        FromPort: 4,
        ToPort: 4,
        ReferencedGroupInfo: { GroupId: other, UserId: account },
        Description: "to group",
      },
      { ...common, FromPort: 9, ToPort: 9, CidrIpv4: "10.1.0.0/16" },
      { ...common, FromPort: 9, ToPort: 9, CidrIpv4: "10.2.0.0/16" },
    ]);
    expect(await endpoint.rules(group)).toEqual(rules);
  });

  strictly.each<[string, IpPermission]>([
    ["a malformed CIDR", tcp(444, ipv4("10.0.0.0/40"))],
    ["an unknown group", tcp(444, { UserIdGroupPairs: [{ GroupId: unknownGroup }] })],
    ["a rule that is there", tcp(1, ipv4("10.0.0.0/8"))],
  ])("of several permissions adds none because of %s", async (_, bad) => {
    const there = await authorizeOne(tcp(1, ipv4("10.0.0.0/8")));
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8")), bad]))).not.toMatch("no refusal");
    expect(await endpoint.rules(group)).toEqual([there]);
  });
});
