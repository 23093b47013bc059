import { UNKNOWN } from "../../provider/rule/unknown";
import { checked, type Handler, handlerOf, PROVIDER_LINE, type Props } from "./handler";
import { STACK } from "./place";

// Nothing listens at this address: a diff makes no call to EC2.
const handler: Handler = handlerOf({
  "aws:region": "us-east-1",
  "aws:endpoints": JSON.stringify([{ ec2: "http://127.0.0.1:9" }]),
  "aws:maxRetries": "0",
});

const GROUP = "sg-0123456789abcdef0";
const OTHER_GROUP = "sg-0fedcba9876543210";
const ID = "sgr-0123456789abcdef0";

const WEB = {
  securityGroupId: GROUP,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "100.68.0.0/18",
  description: "web",
  tags: { Stage: "test", Team: "web" },
  owner: STACK,
};

/** State as a create leaves it, or as another version of this package left it. */
async function stateOf(args: Props): Promise<Props> {
  const { adopt: _, ...inputs } = await checked(handler, args);
  return {
    ...inputs,
    ...(inputs.owner !== undefined && { claim: `${inputs.owner}@0ldrun00` }),
    securityGroupRuleId: ID,
    arn: `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${ID}`,
  };
}

/** The changes between two declarations, computed as the engine does. */
async function diffOf(before: Props, after: Props, host = handler) {
  return host.diff(ID, await stateOf(before), await checked(host, after));
}

const to = (destination: Props, more: Props = {}): Props => {
  const { cidrIpv4: _, ...rule } = WEB;
  return { ...rule, ...destination, ...more };
};

describe("another spelling of the same rule is no change:", () => {
  test.each<[string, Props, Props]>([
    ["host bits", WEB, { ...WEB, cidrIpv4: "100.68.0.18/18" }],
    ["a protocol's number", WEB, { ...WEB, ipProtocol: 6 }],
    ["a protocol's number as text", WEB, { ...WEB, ipProtocol: "6" }],
    ["a protocol's name in capitals", WEB, { ...WEB, ipProtocol: "TCP" }],
    ["ports as text", WEB, { ...WEB, fromPort: "443", toPort: "443" }],
    ["tags in another order", WEB, { ...WEB, tags: { Team: "web", Stage: "test" } }],
    ["an IPv6 range in capitals", to({ cidrIpv6: "2001:db8::/32" }), to({ cidrIpv6: "2001:DB8:0:0::1/32" })],
    ["an IPv6 range in full", to({ cidrIpv6: "::/0" }), to({ cidrIpv6: "0:0:0:0:0:0:0:0/0" })],
    [
      "ports where none count",
      { ...WEB, ipProtocol: "-1", fromPort: undefined, toPort: undefined },
      { ...WEB, ipProtocol: "all", fromPort: 0, toPort: 65535 },
    ],
    [
      "all of icmpv6",
      to({ cidrIpv6: "::/0" }, { ipProtocol: "icmpv6", fromPort: undefined, toPort: undefined }),
      to({ cidrIpv6: "::/0" }, { ipProtocol: 58, fromPort: -1, toPort: -1 }),
    ],
    [
      "icmp for fromPort and toPort",
      { ...WEB, ipProtocol: "icmp", fromPort: 8, toPort: -1 },
      { ...WEB, ipProtocol: "icmp", fromPort: undefined, toPort: undefined, icmp: { type: "echo-request" } },
    ],
    [
      "an account before the group's id",
      to({ referencedSecurityGroupId: OTHER_GROUP, referencedSecurityGroupOwnerId: "210987654321" }),
      to({ referencedSecurityGroupId: `210987654321/${OTHER_GROUP}` }),
    ],
    ["no tags for an empty record", { ...WEB, tags: undefined }, { ...WEB, tags: {} }],
    ["no description for an empty one", { ...WEB, description: undefined }, { ...WEB, description: "" }],
    ["no description for spaces", { ...WEB, description: undefined }, { ...WEB, description: "  " }],
    ["a tag's number for its text", { ...WEB, tags: { Cost: "1" } }, { ...WEB, tags: { Cost: 1 } }],
    ["adopt", WEB, { ...WEB, adopt: true }],
    ["an explicit Region", WEB, { ...WEB, region: "us-east-1" }],
  ])("%s", async (_, one, other) => {
    const none = { changes: false, replaces: [] };
    expect(await diffOf(given(one), given(other))).toEqual(none);
    expect(await diffOf(given(other), given(one))).toEqual(none);
  });

  test("state that is not in canonical form, as from an earlier version", async () => {
    const olds = { ...(await stateOf(WEB)), ipProtocol: "6", cidrIpv4: "100.68.0.18/18" };
    expect(await handler.diff(ID, olds, await checked(handler, WEB))).toEqual({
      changes: false,
      replaces: [],
    });
  });
});

describe("a change in place:", () => {
  test.each<[string, Props]>([
    ["the description", { description: "website" }],
    ["the description, removed", { description: undefined }],
    ["a tag's value", { tags: { Stage: "test", Team: "ops" } }],
    ["a tag more", { tags: { ...WEB.tags, Tier: "1" } }],
    ["a tag less", { tags: { Team: "web" } }],
    ["all tags removed", { tags: undefined }],
  ])("%s", async (_, change) => {
    expect(await diffOf(WEB, given({ ...WEB, ...change }))).toEqual({ changes: true, replaces: [] });
  });

  test("the stack's default tags", async () => {
    const tagged = handlerOf({
      "aws:region": "us-east-1",
      "aws:defaultTags": JSON.stringify({ tags: { Cost: "1" } }),
    });
    expect(await diffOf(WEB, WEB, tagged)).toEqual({ changes: true, replaces: [] });
  });

  test("a tag that moves between the rule and the stack's default tags", async () => {
    const tagged = handlerOf({
      "aws:region": "us-east-1",
      "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }),
    });
    const after = { ...WEB, tags: { Team: "web" } };
    expect(await diffOf(WEB, after, tagged)).toEqual({ changes: true, replaces: [] });
    const inDefaults = { ...(await stateOf(after)), tagsAll: WEB.tags };
    expect(await handler.diff(ID, inDefaults, await checked(handler, WEB))).toEqual({
      changes: true,
      replaces: [],
    });
  });
});

describe("a replacement:", () => {
  test.each<[string, Props, Props, string[]]>([
    ["other ports", WEB, { ...WEB, fromPort: 80, toPort: 444 }, ["fromPort", "toPort"]],
    ["another end of the ports", WEB, { ...WEB, toPort: 444 }, ["toPort"]],
    ["another protocol", WEB, { ...WEB, ipProtocol: "udp" }, ["ipProtocol"]],
    [
      "a protocol without ports",
      WEB,
      { ...WEB, ipProtocol: "-1", fromPort: undefined, toPort: undefined },
      ["ipProtocol", "fromPort", "toPort"],
    ],
    ["another destination of the same kind", WEB, { ...WEB, cidrIpv4: "100.69.0.0/18" }, ["cidrIpv4"]],
    ["other ports, along with a change in place", WEB, { ...WEB, toPort: 444, tags: {} }, ["toPort"]],
    ["another group", WEB, { ...WEB, securityGroupId: OTHER_GROUP }, ["securityGroupId"]],
    ["IPv6 for IPv4", WEB, to({ cidrIpv6: "::/0" }), ["cidrIpv4", "cidrIpv6"]],
    [
      "a prefix list for IPv4",
      WEB,
      to({ prefixListId: "pl-0123456789abcdef0" }),
      ["cidrIpv4", "prefixListId"],
    ],
    [
      "a group for a prefix list",
      to({ prefixListId: "pl-0123456789abcdef0" }),
      to({ referencedSecurityGroupId: GROUP }),
      ["prefixListId", "referencedSecurityGroupId"],
    ],
    ["another Region", WEB, { ...WEB, region: "eu-west-1" }, ["region"]],
    [
      "another group in another Region",
      WEB,
      { ...WEB, securityGroupId: OTHER_GROUP, region: "eu-west-1" },
      ["securityGroupId", "region"],
    ],
  ])("%s", async (_, before, after, replaces) => {
    expect(await diffOf(before, given(after))).toEqual({ changes: true, replaces });
  });
});

describe("an unknown value", () => {
  test.each<[string, Props]>([
    ["the description", { description: UNKNOWN }],
    ["all tags", { tags: UNKNOWN }],
    ["a tag", { tags: { ...WEB.tags, Team: UNKNOWN } }],
  ])("in %s is a change in place", async (_, unknown) => {
    expect(await diffOf(WEB, { ...WEB, ...unknown })).toEqual({ changes: true, replaces: [] });
  });

  test.each<[string, Props, string[]]>([
    ["a port", { fromPort: UNKNOWN }, ["fromPort"]],
    ["the protocol", { ipProtocol: UNKNOWN }, ["ipProtocol"]],
    ["the destination's value", { cidrIpv4: UNKNOWN }, ["cidrIpv4"]],
    ["the kind of destination", { cidrIpv4: UNKNOWN, cidrIpv6: UNKNOWN }, ["cidrIpv4", "cidrIpv6"]],
    ["the group", { securityGroupId: UNKNOWN }, ["securityGroupId"]],
    ["the Region", { region: UNKNOWN }, ["region"]],
  ])("in %s is a replacement, because the rule may be a different one", async (_, unknown, replaces) => {
    expect(await diffOf(WEB, { ...WEB, ...unknown })).toEqual({ changes: true, replaces });
  });
});

describe("the claim", () => {
  const { owner: _, ...UNCLAIMED } = WEB;
  const RENAMED = { ...WEB, owner: "shop/renamed" };

  test.each<[string, Props, Props]>([
    ["that state lacks, if the stack claims its rules,", UNCLAIMED, WEB],
    ["from before the stack was renamed", WEB, RENAMED],
  ])("%s is a change in place", async (_, before, after) => {
    expect(await diffOf(before, after)).toEqual({ changes: true, replaces: [] });
  });

  test("is a change in place if the rule has lost it", async () => {
    const { claim: _, ...olds } = await stateOf(WEB);
    expect(await handler.diff(ID, olds, await checked(handler, WEB))).toEqual({
      changes: true,
      replaces: [],
    });
  });

  test.each<[string, Props, Props]>([
    ["of an earlier run", WEB, WEB],
    ["of a stack that no longer claims rules", WEB, UNCLAIMED],
    ["that neither has", UNCLAIMED, UNCLAIMED],
  ])("%s is no change", async (_, before, after) => {
    expect(await diffOf(before, after)).toEqual({ changes: false, replaces: [] });
  });
});

test("state without a rule fails with an error", async () => {
  const news = await checked(handler, WEB);
  await expect(handler.diff(ID, { __provider: PROVIDER_LINE }, news)).rejects.toThrow(
    "reading the rule from state: securityGroupId is required",
  );
});

/** Omits undefined values, which do not travel. */
function given(args: Props): Props {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
