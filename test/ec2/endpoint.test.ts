import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  AuthorizeSecurityGroupEgressCommand,
  type AuthorizeSecurityGroupEgressRequest,
  CreateManagedPrefixListCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
  type SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { type Endpoint, type Network, startEndpoint } from "./endpoint";
import { pythonPath, startServer } from "./process";
import {
  account,
  hosts,
  hosts6,
  idOf,
  inOrder,
  ipv4,
  ipv6,
  known,
  refusal,
  strictly,
  tcp,
  unknownGroup,
  unknownList,
  unknownRule,
} from "./rules";
import * as send from "./send";

let endpoint: Endpoint;
let ec2: EC2Client;
let network: Network;
let group: string;
let other: string;
let s3List: string;

beforeAll(async () => {
  endpoint = await startEndpoint();
  ec2 = endpoint.client();
  network = await endpoint.makeNetwork();
  s3List = await listNamed("com.amazonaws.us-east-1.s3");
});

afterAll(() => endpoint.stop());

beforeEach(async () => {
  [group, other] = network.groupIds;
  for (const GroupId of network.groupIds) {
    const ids = (await endpoint.rules(GroupId)).map(idOf);
    if (ids.length > 0) {
      await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds: ids }));
    }
  }
});

async function listNamed(name: string): Promise<string> {
  const filter = { Name: "prefix-list-name", Values: [name] };
  const found = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters: [filter] }));
  return known(found.PrefixLists?.[0]?.PrefixListId);
}

async function listOfSize(maxEntries: number): Promise<string> {
  const command = new CreateManagedPrefixListCommand({
    PrefixListName: `size-${maxEntries}`,
    MaxEntries: maxEntries,
    AddressFamily: "IPv4",
  });
  return known((await ec2.send(command)).PrefixList?.PrefixListId);
}

async function authorize(
  permissions: IpPermission[],
  more: Partial<AuthorizeSecurityGroupEgressRequest> = {},
): Promise<SecurityGroupRule[]> {
  return inOrder(await send.authorize(ec2, group, permissions, more));
}

async function authorizeOne(permission: IpPermission): Promise<SecurityGroupRule> {
  const [rule] = await authorize([permission]);
  return known(rule);
}

const revoke = (ids: string[]) => send.revoke(ec2, group, ids);
const modify = (...updates: send.Update[]) => send.modify(ec2, group, updates);
const describeAgain = (...descriptions: send.Description[]) => send.describeAgain(ec2, group, descriptions);

async function readBack(id: string): Promise<SecurityGroupRule> {
  const rules = await endpoint.rules(group);
  return known(rules.find((rule) => rule.SecurityGroupRuleId === id));
}

type DestinationName = "IPv4" | "IPv6" | "prefix list" | "group";
const destinationNames: DestinationName[] = ["IPv4", "IPv6", "prefix list", "group"];

function destination(name: DestinationName, description?: string): Partial<IpPermission> {
  const described = description === undefined ? {} : { Description: description };
  switch (name) {
    case "IPv4":
      return { IpRanges: [{ CidrIp: "10.0.0.0/8", ...described }] };
    case "IPv6":
      return { Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32", ...described }] };
    case "prefix list":
      return { PrefixListIds: [{ PrefixListId: s3List, ...described }] };
    case "group":
      return { UserIdGroupPairs: [{ GroupId: other, ...described }] };
  }
}

describe("the process", () => {
  test("listens on this machine only, and tells a child where", () => {
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(endpoint.env).toEqual({
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
    });
  });

  test("ends with its standard input, so that no killed test run leaves it behind", async () => {
    const server = spawn(pythonPath(), [join(__dirname, "server.py")], { stdio: "pipe" });
    await once(server.stdout, "data");
    server.stdin.end();
    expect(await once(server, "exit")).toEqual([0, null]);
  });

  test("stops when told, also twice", async () => {
    const second = await startEndpoint();
    await second.stop();
    await second.stop();
    await expect(second.calls()).rejects.toThrow("fetch failed");
  });

  test("leaves moto as it is where plain is asked for", async () => {
    const plain = await startEndpoint({ plain: true });
    const { groupIds } = await plain.makeNetwork();
    const backwards = { IpProtocol: "tcp", FromPort: 443, ToPort: 80, ...ipv4("10.0.0.1/8") };
    const command = new AuthorizeSecurityGroupEgressCommand({
      GroupId: groupIds[0],
      IpPermissions: [backwards],
    });
    const answer = await plain.client().send(command);
    await plain.stop();
    expect(answer.SecurityGroupRules).toMatchObject([{ FromPort: 443, ToPort: 80, CidrIpv4: "10.0.0.1/8" }]);
  });

  describe("with a Python", () => {
    const before = process.env.PULUMI_AWS_EGRESS_PYTHON;
    afterEach(() => {
      delete process.env.PULUMI_AWS_EGRESS_PYTHON;
      Object.assign(process.env, before === undefined ? {} : { PULUMI_AWS_EGRESS_PYTHON: before });
    });

    test.each([
      ["that is not there", join(__dirname, "no-python"), /no-python did not start/],
      ["that cannot read the server", process.execPath, /ended with 1\n[\s\S]*SyntaxError/],
    ])("%s, the start fails and says so", async (_, interpreter, message) => {
      process.env.PULUMI_AWS_EGRESS_PYTHON = interpreter;
      await expect(startServer()).rejects.toThrow(message);
    });
  });
});

describe("a network", () => {
  test("has two groups, each with the rule that allows everything", async () => {
    const { vpcId, groupIds } = await endpoint.makeNetwork();
    expect(vpcId).toMatch(/^vpc-/);
    expect(groupIds[0]).not.toBe(groupIds[1]);
    for (const id of groupIds) {
      expect(await endpoint.rules(id)).toMatchObject([{ IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" }]);
    }
  });
});

describe("a protocol", () => {
  strictly.each([
    ["tcp", "tcp"],
    ["TCP", "tcp"],
    ["6", "tcp"],
    ["Udp", "udp"],
    ["17", "udp"],
    ["ICMP", "icmp"],
    ["1", "icmp"],
    ["ICMPv6", "icmpv6"],
    ["58", "icmpv6"],
  ])("%s is kept as %s, with its ports", async (asked, kept) => {
    const rule = await authorizeOne({ IpProtocol: asked, FromPort: 8, ToPort: 9, ...ipv4("10.0.0.0/8") });
    expect(rule).toMatchObject({ IpProtocol: kept, FromPort: 8, ToPort: 9 });
    expect(await readBack(idOf(rule))).toEqual(rule);
  });

  strictly.each([
    ["-1", "without ports", {}],
    ["-1", "with ports", { FromPort: 80, ToPort: 443 }],
    ["50", "without ports", {}],
    ["255", "with ports that make no sense", { FromPort: 99_999, ToPort: -5 }],
    ["0", "with one port", { FromPort: 1 }],
    ["icmpv6", "without types", {}],
  ])("%s %s reads back as -1", async (asked, _, ports) => {
    const rule = await authorizeOne({ IpProtocol: asked, ...ports, ...ipv4("10.0.0.0/8") });
    expect(rule).toMatchObject({ IpProtocol: asked, FromPort: -1, ToPort: -1 });
    expect(await readBack(idOf(rule))).toEqual(rule);
  });

  strictly.each(["256", "-2", "06", "1.0", "tcpp", "all", ""])("%j is unknown", async (asked) => {
    const permission = { IpProtocol: asked, FromPort: 1, ToPort: 1, ...ipv4("10.0.0.0/8") };
    expect(await refusal(authorize([permission]))).toBe(
      `InvalidParameterValue: Invalid value '${asked}' for IP protocol. Unknown protocol.`,
    );
  });

  strictly("must be said", async () => {
    expect(await refusal(authorize([ipv4("10.0.0.0/8")]))).toMatch(
      "InvalidParameterValue: Invalid value 'null' for protocol.",
    );
  });
});

describe("a port range", () => {
  const tcpNeeds = "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.";
  const icmpNeeds = "Invalid value 'Must specify both type and code with ICMP.' for portRange.";

  strictly.each([
    ["tcp", undefined, undefined, tcpNeeds],
    ["udp", 53, undefined, tcpNeeds],
    ["tcp", undefined, 53, tcpNeeds],
    ["tcp", -1, -1, "TCP/UDP port (-1) out of range"],
    ["udp", 0, 65_536, "TCP/UDP port (65536) out of range"],
    ["tcp", 443, 80, "Invalid TCP/UDP port range (443:80)"],
    ["icmp", undefined, undefined, icmpNeeds],
    ["icmp", 8, undefined, icmpNeeds],
    ["icmpv6", 128, undefined, icmpNeeds],
    ["icmp", 256, 0, "ICMP type (256) out of range"],
    ["icmpv6", 0, -2, "ICMP code (-2) out of range"],
    ["icmp", -1, 0, "ICMP code (0) must be -1 where the ICMP type is -1"],
  ])("%s %s to %s is refused", async (IpProtocol, FromPort, ToPort, message) => {
    const permission = { IpProtocol, FromPort, ToPort, ...ipv4("10.0.0.0/8") };
    expect(await refusal(authorize([permission]))).toBe(`InvalidParameterValue: ${message}`);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  test.each([
    ["tcp", 0, 65_535],
    ["udp", 53, 53],
    ["icmp", -1, -1],
    ["icmp", 8, -1],
    ["icmp", 255, 255],
    ["icmpv6", 128, 0],
  ])("%s %s to %s is kept", async (IpProtocol, FromPort, ToPort) => {
    const rule = await authorizeOne({ IpProtocol, FromPort, ToPort, ...ipv4("10.0.0.0/8") });
    expect(await readBack(idOf(rule))).toMatchObject({ IpProtocol, FromPort, ToPort });
  });
});

describe("a CIDR", () => {
  strictly.each([
    ["100.68.0.18/18", "100.68.0.0/18"],
    ["10.0.0.1/32", "10.0.0.1/32"],
    ["255.255.255.255/0", "0.0.0.0/0"],
  ])("%s is kept as %s", async (asked, kept) => {
    expect(await authorizeOne(tcp(443, ipv4(asked)))).toMatchObject({ CidrIpv4: kept });
  });

  strictly.each([
    ["2001:DB8:0:0::1/32", "2001:db8::/32"],
    ["2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"],
    ["::FFFF:1.2.3.4/128", "::ffff:102:304/128"],
    ["FE80::1/0", "::/0"],
  ])("%s is kept as %s", async (asked, kept) => {
    expect(await authorizeOne(tcp(443, ipv6(asked)))).toMatchObject({ CidrIpv6: kept });
  });

  strictly.each([
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/255.0.0.0",
    "10.0.0/8",
    "010.0.0.0/8",
    " 10.0.0.0/8",
    "2001:db8::/32",
    "any",
    "",
  ])("%j is no IPv4 CIDR", async (asked) => {
    expect(await refusal(authorize([tcp(443, ipv4(asked))]))).toMatch(
      /^InvalidParameterValue: CIDR block .* is malformed$/,
    );
  });

  strictly.each(["2001:db8::", "2001:db8::/129", "fe80::1%eth0/64", "2001:db8:::/32", "10.0.0.0/8"])(
    "%j is no IPv6 CIDR",
    async (asked) => {
      expect(await refusal(authorize([tcp(443, ipv6(asked))]))).toMatch(
        /^InvalidParameterValue: CIDR block .* is malformed$/,
      );
    },
  );
});

describe("a duplicate", () => {
  const anywhere = ipv4("0.0.0.0/0");
  strictly.each<[string, IpPermission, IpPermission, string]>([
    ["tcp", tcp(443, anywhere), tcp(443, anywhere), "0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW"],
    [
      "another spelling of the protocol",
      tcp(53, anywhere),
      { ...tcp(53, anywhere), IpProtocol: "6" },
      "0.0.0.0/0, TCP, from port: 53, to port: 53, ALLOW",
    ],
    [
      "host bits",
      tcp(443, ipv4("100.68.0.0/18")),
      tcp(443, ipv4("100.68.0.18/18")),
      "100.68.0.0/18, TCP, from port: 443, to port: 443, ALLOW",
    ],
    [
      "another spelling of IPv6",
      { IpProtocol: "udp", FromPort: 1, ToPort: 2, ...ipv6("2001:db8::/32") },
      { IpProtocol: "UDP", FromPort: 1, ToPort: 2, ...ipv6("2001:DB8:0::/32") },
      "2001:db8::/32, UDP, from port: 1, to port: 2, ALLOW",
    ],
    [
      "all traffic, with ports",
      { IpProtocol: "-1", ...anywhere },
      { ...tcp(443, anywhere), IpProtocol: "-1" },
      "0.0.0.0/0, ALL, ALLOW",
    ],
    [
      "a protocol by number",
      { IpProtocol: "50", ...anywhere },
      { ...tcp(443, anywhere), IpProtocol: "50" },
      "0.0.0.0/0, protocol: 50, ALLOW",
    ],
    [
      "all of icmp",
      { IpProtocol: "icmp", FromPort: -1, ToPort: -1, ...anywhere },
      { IpProtocol: "1", FromPort: -1, ToPort: -1, ...anywhere },
      "0.0.0.0/0, ICMP, type: ALL, code: ALL, ALLOW",
    ],
    [
      "icmpv6",
      { IpProtocol: "icmpv6", FromPort: 128, ToPort: 0, ...ipv6("::/0") },
      { IpProtocol: "58", FromPort: 128, ToPort: 0, ...ipv6("::/0") },
      "::/0, ICMPv6, type: 128, code: 0, ALLOW",
    ],
    [
      "another description",
      tcp(1, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "one" }] }),
      tcp(1, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "two" }] }),
      "10.0.0.0/8, TCP, from port: 1, to port: 1, ALLOW",
    ],
  ])("is found: %s", async (_, first, second, form) => {
    const message = `InvalidPermission.Duplicate: the specified rule "peer: ${form}" already exists`;
    const kept = await authorizeOne(first);
    expect(await refusal(authorize([second]))).toBe(message);
    expect(await endpoint.rules(group)).toEqual([kept]);
  });

  strictly.each<DestinationName>(["prefix list", "group"])("is found: the same %s", async (name) => {
    await authorizeOne(tcp(443, destination(name)));
    const peer = name === "group" ? other : s3List;
    expect(await refusal(authorize([tcp(443, destination(name, "again"))]))).toBe(
      `InvalidPermission.Duplicate: the specified rule "peer: ${peer}, TCP, from port: 443, to port: 443, ALLOW" already exists`,
    );
  });

  test("is told from its neighbours", async () => {
    await authorize([tcp(443, ipv4("10.0.0.0/8"))]);
    await authorize([tcp(444, ipv4("10.0.0.0/8"))]);
    await authorize([{ ...tcp(443, ipv4("10.0.0.0/8")), IpProtocol: "udp" }]);
    await authorize([tcp(443, ipv4("10.0.0.0/9"))]);
    expect(await endpoint.rules(group)).toHaveLength(4);
  });
});

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

describe("a description", () => {
  const allowed = "azAZ09 ._-:/()#,@[]+=;{}!$*";

  strictly.each(destinationNames)("of a rule to %s is kept", async (name) => {
    const rule = await authorizeOne(tcp(443, destination(name, allowed)));
    expect(rule.Description).toBe(allowed);
    expect((await readBack(idOf(rule))).Description).toBe(allowed);
  });

  strictly.each(destinationNames)("of a rule to %s that is empty is none", async (name) => {
    const rule = await authorizeOne(tcp(443, destination(name, "")));
    expect(rule).not.toHaveProperty("Description");
  });

  test("of 255 characters is kept", async () => {
    const rule = await authorizeOne(tcp(443, destination("IPv4", "x".repeat(255))));
    expect(rule.Description).toHaveLength(255);
  });

  strictly.each(["x".repeat(256), "don't", "a\nb", "tab\t", "é", "a<b", '"', "%", "|", "^", "~", "\\", "?"])(
    "%j is refused",
    async (text) => {
      expect(await refusal(authorize([tcp(443, destination("IPv4", text))]))).toMatch(
        /^InvalidParameterValue: Invalid rule description\./,
      );
    },
  );

  strictly("may hold & for CIDRs alone", async () => {
    await authorize([tcp(1, destination("IPv4", "a & b")), tcp(2, destination("IPv6", "a & b"))]);
    for (const name of ["prefix list", "group"] as const) {
      expect(await refusal(authorize([tcp(3, destination(name, "a & b"))]))).toMatch(
        /^InvalidParameterValue: Invalid rule description\./,
      );
    }
  });
});

describe("a tag at creation", () => {
  function tagged(key: string, value: string): Partial<AuthorizeSecurityGroupEgressRequest> {
    return {
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags: [{ Key: key, Value: value }] }],
    };
  }

  test.each([
    ["k".repeat(127), "v".repeat(256)],
    ["empty", ""],
  ])("is kept at the bounds (%#)", async (key, value) => {
    const [rule] = await authorize([tcp(443, ipv4("10.0.0.0/8"))], tagged(key, value));
    expect((await readBack(idOf(known(rule)))).Tags).toEqual([{ Key: key, Value: value }]);
  });

  strictly.each<[string, Partial<AuthorizeSecurityGroupEgressRequest>]>([
    ["a key of 128 characters", tagged("k".repeat(128), "v")],
    ["an empty key", tagged("", "v")],
    ["a key of AWS's own", tagged("aws:name", "v")],
    ["a value of 257 characters", tagged("k", "v".repeat(257))],
    [
      "the same key twice",
      {
        TagSpecifications: [
          {
            ResourceType: "security-group-rule",
            Tags: [
              { Key: "k", Value: "1" },
              { Key: "k", Value: "2" },
            ],
          },
        ],
      },
    ],
    [
      "another type of resource",
      { TagSpecifications: [{ ResourceType: "security-group", Tags: [{ Key: "k", Value: "v" }] }] },
    ],
  ])("is refused, and the rule with it: %s", async (_, tags) => {
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8"))], tags))).toMatch(/^InvalidParameterValue/);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  strictly("is one of at most 50", async () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const TagSpecifications = [{ ResourceType: "security-group-rule" as const, Tags: many }];
    expect(await refusal(authorize([tcp(443, ipv4("10.0.0.0/8"))], { TagSpecifications }))).toMatch(
      /^TagLimitExceeded/,
    );
    expect(await endpoint.rules(group)).toEqual([]);
  });
});

describe("what a call names", () => {
  const one = { IpProtocol: "-1", CidrIpv4: "10.0.0.0/8" };

  strictly.each<[string, () => Promise<unknown>, string]>([
    ["authorize: unknown group", () => authorize([], { GroupId: unknownGroup }), "InvalidGroup.NotFound"],
    ["authorize: no group id", () => authorize([], { GroupId: "first" }), "InvalidGroupId.Malformed"],
    [
      "authorize: a group with its account",
      () => authorize([], { GroupId: `${account}/${group}` }),
      "InvalidGroupId.Malformed",
    ],
    [
      "reference: unknown group",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: unknownGroup }] })]),
      "InvalidGroup.NotFound",
    ],
    [
      "reference: unknown group of this account",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: unknownGroup, UserId: account }] })]),
      "InvalidGroup.NotFound",
    ],
    [
      "reference: a group with its account",
      () => authorize([tcp(1, { UserIdGroupPairs: [{ GroupId: `${account}/${other}` }] })]),
      "InvalidGroupId.Malformed",
    ],
    [
      "prefix list: unknown",
      () => authorize([tcp(1, { PrefixListIds: [{ PrefixListId: unknownList }] })]),
      "InvalidPrefixListID.NotFound",
    ],
    [
      "prefix list: by name",
      () => authorize([tcp(1, { PrefixListIds: [{ PrefixListId: "com.amazonaws.us-east-1.s3" }] })]),
      "InvalidPrefixListId.Malformed",
    ],
    ["revoke: unknown rule", () => revoke([unknownRule]), "InvalidSecurityGroupRuleId.NotFound"],
    ["revoke: no rule id", () => revoke(["rule"]), "InvalidSecurityGroupRuleId.Malformed"],
    ["modify: unknown rule", () => modify([unknownRule, one]), "InvalidSecurityGroupRuleId.NotFound"],
    ["modify: no rule id", () => modify(["rule", one]), "InvalidSecurityGroupRuleId.Malformed"],
    ["descriptions: unknown rule", () => describeAgain([unknownRule]), "InvalidSecurityGroupRuleId.NotFound"],
    ["descriptions: no rule id", () => describeAgain(["rule"]), "InvalidSecurityGroupRuleId.Malformed"],
    [
      "describe: unknown rule",
      () => ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [unknownRule] })),
      "InvalidSecurityGroupRuleId.NotFound",
    ],
    [
      "describe: no rule id",
      () => ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: ["rule"] })),
      "InvalidSecurityGroupRuleId.Malformed",
    ],
    [
      "describe: no group id",
      () =>
        ec2.send(
          new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: ["a/sg-1"] }] }),
        ),
      "InvalidGroupId.Malformed",
    ],
  ])("%s", async (_, call, code) => {
    expect(await refusal(call())).toMatch(new RegExp(`^${code}: `));
  });

  strictly("has to be in the group, for revoke, modify and descriptions", async () => {
    const id = idOf(await authorizeOne(tcp(1, ipv4("10.0.0.0/8"))));
    group = other;
    for (const call of [() => revoke([id]), () => modify([id, one]), () => describeAgain([id])]) {
      expect(await refusal(call())).toMatch(/^InvalidSecurityGroupRuleId\.NotFound: /);
    }
  });

  strictly.each<[string, () => Promise<unknown>]>([
    ["revoke", () => revoke([unknownRule])],
    ["modify", () => modify([unknownRule, one])],
    ["descriptions", () => describeAgain([unknownRule])],
  ])("%s: unknown group", async (_, call) => {
    group = unknownGroup;
    expect(await refusal(call())).toMatch(/^InvalidGroup\.NotFound: /);
  });

  strictly("may be a group of another account, as a peered one", async () => {
    const pair = { GroupId: unknownGroup, UserId: "210987654321" };
    const rule = await authorizeOne(tcp(1, { UserIdGroupPairs: [pair] }));
    expect(rule.ReferencedGroupInfo).toEqual(pair);
    const id = idOf(rule);
    await modify([id, { IpProtocol: "tcp", FromPort: 2, ToPort: 2, ReferencedGroupId: unknownGroup }]);
    expect(await readBack(id)).toMatchObject({ FromPort: 2, ReferencedGroupInfo: pair });
  });
});

describe("the quota", () => {
  const exceeded = /^RulesPerSecurityGroupLimitExceeded: /;

  strictly("is 60 for IPv4 and 60 for IPv6, counted apart", async () => {
    await authorize([tcp(1, ipv4(...hosts(60))), tcp(1, ipv6(...hosts6(60)))]);
    expect(await endpoint.rules(group)).toHaveLength(120);
    for (const more of [ipv4("10.1.0.0/16"), ipv6("2001:db8:1::/48"), destination("group")]) {
      expect(await refusal(authorize([tcp(2, more)]))).toMatch(exceeded);
    }
  });

  strictly("refuses a request that passes it, whole", async () => {
    expect(await refusal(authorize([tcp(1, ipv4(...hosts(61)))]))).toMatch(exceeded);
    expect(await endpoint.rules(group)).toEqual([]);
  });

  strictly.each<[string, () => Promise<Partial<IpPermission>>, number]>([
    ["a group weighs 1", async () => destination("group"), 1],
    ["AWS's s3 list weighs 1", async () => destination("prefix list"), 1],
    [
      "AWS's dynamodb list weighs 1",
      async () => ({
        PrefixListIds: [{ PrefixListId: await listNamed("com.amazonaws.us-east-1.dynamodb") }],
      }),
      1,
    ],
    [
      "AWS's CloudFront list weighs 55",
      async () => {
        const list = await listNamed("com.amazonaws.global.cloudfront.origin-facing");
        return { PrefixListIds: [{ PrefixListId: list }] };
      },
      55,
    ],
    [
      "a list weighs its MaxEntries",
      async () => ({ PrefixListIds: [{ PrefixListId: await listOfSize(20) }] }),
      20,
    ],
  ])("%s in each family", async (_, heavy, weight) => {
    await authorize([tcp(1, await heavy())]);
    for (const [make, ranges] of [[ipv4, hosts] as const, [ipv6, hosts6] as const]) {
      expect(await refusal(authorize([tcp(2, make(...ranges(61 - weight)))]))).toMatch(exceeded);
      await authorize([tcp(2, make(...ranges(60 - weight)))]);
    }
  });
});

describe("ModifySecurityGroupRules", () => {
  const web = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };

  async function value(name: DestinationName): Promise<SecurityGroupRuleRequest> {
    switch (name) {
      case "IPv4":
        return { CidrIpv4: "10.9.0.0/16" };
      case "IPv6":
        return { CidrIpv6: "2001:db8:9::/48" };
      case "prefix list":
        return { PrefixListId: await listOfSize(2) };
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
    const list = await listOfSize(1);
    const PrefixListIds = [{ PrefixListId: list }];
    const [rule] = await authorize([tcp(1, { PrefixListIds }), tcp(2, ipv4(...hosts(59)))]);
    const larger = { ...web, PrefixListId: await listOfSize(2) };
    expect(await refusal(modify([idOf(known(rule)), larger]))).toMatch(/^RulesPerSecurityGroupLimitExceeded/);
  });
});

describe("UpdateSecurityGroupRuleDescriptionsEgress", () => {
  strictly.each(destinationNames)("sets and removes the text of a rule to %s", async (name) => {
    const id = idOf(await authorizeOne(tcp(443, destination(name))));
    await describeAgain([id, "one"]);
    expect((await readBack(id)).Description).toBe("one");
    await describeAgain([id, "two"]);
    expect((await readBack(id)).Description).toBe("two");
    await describeAgain([id]);
    expect(await readBack(id)).not.toHaveProperty("Description");
    await describeAgain([id, "three"]);
    await describeAgain([id, ""]);
    expect(await readBack(id)).not.toHaveProperty("Description");
  });

  strictly("takes all texts of a request or none", async () => {
    const [first, second] = (await authorize([tcp(1, ipv4("10.1.0.0/16", "10.2.0.0/16"))])).map(idOf);
    expect(await refusal(describeAgain([known(first), "new"], [known(second), "don't"]))).toMatch(
      /^InvalidParameterValue: Invalid rule description/,
    );
    expect(await refusal(describeAgain([known(first), "new"], [unknownRule, "new"]))).toMatch(
      /^InvalidSecurityGroupRuleId\.NotFound/,
    );
    expect(await readBack(known(first))).not.toHaveProperty("Description");
  });

  strictly("also finds a rule by what it permits", async () => {
    const id = idOf(await authorizeOne(tcp(443, ipv4("10.0.0.0/8"))));
    const send = (port: number) =>
      ec2.send(
        new UpdateSecurityGroupRuleDescriptionsEgressCommand({
          GroupId: group,
          IpPermissions: [tcp(port, destination("IPv4", "found"))],
        }),
      );
    await send(443);
    expect((await readBack(id)).Description).toBe("found");
    expect(await refusal(send(80))).toMatch(/^InvalidPermission\.NotFound/);
  });
});

describe("RevokeSecurityGroupEgress", () => {
  test("removes the rules it names by id, and no other", async () => {
    const [first] = await authorize([tcp(1, ipv4("10.1.0.0/16", "10.2.0.0/16"))]);
    await revoke([idOf(known(first))]);
    expect(await endpoint.rules(group)).toMatchObject([{ CidrIpv4: "10.2.0.0/16" }]);
  });

  strictly("removes none where one is unknown", async () => {
    const rule = await authorizeOne(tcp(1, ipv4("10.1.0.0/16")));
    expect(await refusal(revoke([idOf(rule), unknownRule]))).toMatch(/^InvalidSecurityGroupRuleId\.NotFound/);
    expect(await endpoint.rules(group)).toEqual([rule]);
  });

  strictly("finds rules by what they permit too, in any spelling, all or none", async () => {
    await authorize([tcp(1, ipv4("10.1.0.0/16")), { IpProtocol: "50", ...ipv4("10.0.0.0/8") }]);
    const send = (...IpPermissions: IpPermission[]) =>
      ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions }));
    const spelt = [tcp(1, ipv4("10.1.2.3/16")), { IpProtocol: "50", ...ipv4("10.0.0.0/8") }];
    expect(await refusal(send(...spelt, tcp(2, ipv4("10.1.0.0/16"))))).toMatch(
      /^InvalidPermission\.NotFound/,
    );
    expect(await endpoint.rules(group)).toHaveLength(2);
    await send(...spelt);
    expect(await endpoint.rules(group)).toEqual([]);
  });
});

describe("a dry run", () => {
  const DryRun = true;
  const GroupId = unknownGroup;

  strictly.each<[string, () => Promise<unknown>]>([
    ["Authorize", () => authorize([], { DryRun, GroupId })],
    ["Revoke", () => ec2.send(new RevokeSecurityGroupEgressCommand({ DryRun, GroupId }))],
    [
      "Modify",
      () => ec2.send(new ModifySecurityGroupRulesCommand({ DryRun, GroupId, SecurityGroupRules: [] })),
    ],
    [
      "UpdateDescriptions",
      () => ec2.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand({ DryRun, GroupId })),
    ],
    ["Describe", () => ec2.send(new DescribeSecurityGroupRulesCommand({ DryRun }))],
  ])("of %s looks at nothing else", async (_, call) => {
    await endpoint.reset();
    expect(await refusal(call())).toMatch(/^DryRunOperation: /);
    expect((await endpoint.calls()).map(({ status }) => status)).toEqual([412]);
  });

  test("changes nothing", async () => {
    expect(await refusal(authorize([tcp(1, ipv4("10.0.0.0/8"))], { DryRun }))).toMatch(/^DryRunOperation: /);
    expect(await endpoint.rules(group)).toEqual([]);
  });
});
