import type { EC2Client, IpPermission, PrefixListId, UserIdGroupPair } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { hosts, hosts6, idOf, inOrder, ipv4, ipv6, refusal, tcp, unknownGroup } from "./rules";
import { authorize, revoke } from "./send";

let ec2: EC2Client;
let group: string;
let others: string[];
let lists: Record<string, string>;

beforeAll(async () => {
  ec2 = endpoint.client();
  lists = await endpoint.prefixLists();
});

beforeEach(async () => {
  [group = "", ...others] = await endpoint.makeGroups(4);
  await revoke(ec2, group, (await endpoint.rules(group)).map(idOf));
});

afterEach(() => endpoint.quota());

function listIds(...names: string[]): PrefixListId[] {
  return names.map((name) => ({ PrefixListId: lists[`com.amazonaws.us-east-1.${name}`] }));
}

function pairs(): UserIdGroupPair[] {
  return others.map((id) => ({ GroupId: id }));
}

const twice = "InvalidParameterValue: The same permission must not appear multiple times";
const exceeded = /^RulesPerSecurityGroupLimitExceeded: /;
const anywhere = ipv4("0.0.0.0/0");

strictly("four groups are made at once, each with the rule that allows everything", async () => {
  expect(new Set(others).size).toBe(3);
  for (const id of others) {
    expect(await endpoint.rules(id)).toMatchObject([{ IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" }]);
  }
});

describe("one call", () => {
  strictly("makes every entry of every permission a rule, with the tags of all", async () => {
    const Tags = [
      { Key: "team", Value: "a" },
      { Key: "stage", Value: "<&>" },
    ];
    const permissions = [
      tcp(1, ipv4(...hosts(20))),
      tcp(2, ipv6(...hosts6(20))),
      tcp(3, { PrefixListIds: listIds("s3", "dynamodb") }),
      tcp(4, { UserIdGroupPairs: pairs() }),
      { IpProtocol: "-1", ...anywhere },
    ];
    const TagSpecifications = [{ ResourceType: "security-group-rule" as const, Tags }];
    const rules = await authorize(ec2, group, permissions, { TagSpecifications });
    expect(new Set(rules.map(idOf)).size).toBe(20 + 20 + 2 + 3 + 1);
    expect(rules.every((rule) => JSON.stringify(rule.Tags) === JSON.stringify(Tags))).toBe(true);
    expect(inOrder(rules)).toEqual(inOrder(await endpoint.rules(group)));
    const asked = [...hosts(20), ...hosts6(20), ...listIds("s3", "dynamodb"), ...others, "0.0.0.0/0"];
    const made = rules.map(
      (rule) => rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId,
    );
    expect(made.sort()).toEqual(
      asked.map((one) => (typeof one === "string" ? one : one.PrefixListId)).sort(),
    );
  });

  strictly("is answered in another order than that of the request", async () => {
    const cidrs = hosts(10);
    const rules = await authorize(ec2, group, [tcp(1, ipv4(...cidrs))]);
    expect(rules.map((rule) => rule.CidrIpv4)).not.toEqual(cidrs);
    expect(inOrder(rules).map((rule) => rule.CidrIpv4)).toEqual(cidrs);
  });

  strictly.each<[string, IpPermission, RegExp]>([
    ["a duplicate", tcp(1, anywhere), /^InvalidPermission\.Duplicate: .*"peer: 0\.0\.0\.0\/0, TCP/],
    ["a malformed range", tcp(9, ipv4("10.0.0.0/40")), /^InvalidParameterValue: /],
    ["an unknown group", tcp(9, { UserIdGroupPairs: [{ GroupId: unknownGroup }] }), /^InvalidGroup/],
    ["the quota", tcp(9, ipv4(...hosts(30))), exceeded],
  ])("makes none of its rules because of %s", async (_, bad, error) => {
    const there = await authorize(ec2, group, [tcp(1, anywhere)]);
    const good = [tcp(2, ipv4(...hosts(30))), tcp(2, ipv6(...hosts6(30)))];
    expect(await refusal(authorize(ec2, group, [...good, bad, tcp(10, anywhere)]))).toMatch(error);
    expect(await endpoint.rules(group)).toEqual(there);
  });

  strictly.each<[string, IpPermission[]]>([
    ["in one list", [tcp(1, ipv4("10.0.0.0/8", "10.0.0.0/8"))]],
    ["in two permissions", [tcp(1, ipv6("::/0")), tcp(2, ipv6("::/0")), tcp(1, ipv6("::/0"))]],
    ["in another spelling", [tcp(1, anywhere), { ...tcp(1, anywhere), IpProtocol: "6" }]],
    ["with other host bits", [tcp(1, ipv4("10.0.0.0/8", "10.1.2.3/8"))]],
    [
      "with another description",
      ["one", "two"].map((Description) => tcp(1, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description }] })),
    ],
  ])("is refused for a rule that it holds twice: %s", async (_, permissions) => {
    expect(await refusal(authorize(ec2, group, permissions))).toBe(twice);
    expect(await endpoint.rules(group)).toEqual([]);
  });
});

describe("the quota", () => {
  strictly("counts each family by itself, and groups and lists in both", async () => {
    const both = tcp(1, { UserIdGroupPairs: pairs() });
    const many = [both, tcp(2, ipv4(...hosts(57))), tcp(2, ipv6(...hosts6(57)))];
    for (const more of [ipv4("10.1.0.0/16"), ipv6("2001:db8:1::/48"), { PrefixListIds: listIds("s3") }]) {
      expect(await refusal(authorize(ec2, group, [...many, tcp(3, more)]))).toMatch(exceeded);
    }
    expect(await authorize(ec2, group, many)).toHaveLength(3 + 57 + 57);
  });

  strictly("takes AWS's VPC Lattice list for 10 rules", async () => {
    const lattice = tcp(1, { PrefixListIds: listIds("vpc-lattice") });
    expect(await refusal(authorize(ec2, group, [lattice, tcp(2, ipv4(...hosts(51)))]))).toMatch(exceeded);
    await authorize(ec2, group, [lattice, tcp(2, ipv4(...hosts(50)))]);
  });

  strictly("can be raised and lowered", async () => {
    await endpoint.quota(600);
    expect(await authorize(ec2, group, [tcp(1, ipv4(...hosts(600)))])).toHaveLength(600);
    expect(await refusal(authorize(ec2, group, [tcp(2, anywhere)]))).toMatch(exceeded);
    await endpoint.quota();
    expect(await refusal(authorize(ec2, group, [tcp(2, ipv6("::/0"))]))).toMatch(exceeded);
  });
});
