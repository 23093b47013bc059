import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, AllowPingOut, type Destinations, Peer } from "../../index";
import { Group } from "../group";
import { mockPulumi, type Registered, rulesOfSet } from "./mocks";

const WEB = "sg-00000000000000001";
const DB = "sg-00000000000000002";
let registered: Registered[];

beforeEach(async () => {
  registered = await mockPulumi();
});

/** The destinations of the component's rules. */
async function rulesTo(to: Destinations) {
  const args = { securityGroup: WEB, to, silence: ["hostBits", "weight"] } as const;
  const rules = await rulesOfSet(new AllowHttpsOut("web", args), registered);
  return rules.map(({ ipProtocol: _, fromPort: __, toPort: ___, description: ____, ...others }) => others);
}

test("a component makes one rule for each destination of any kind", async () => {
  expect(await rulesTo(["10.0.0.0/16", "2001:db8::/32", "pl-0123456789abcdef0", DB])).toEqual([
    { to: "10.0.0.0/16" },
    { to: "2001:db8::/32" },
    { to: "pl-0123456789abcdef0" },
    { to: DB },
  ]);
});

test.each<[what: string, to: () => Destinations, expected: object]>([
  ["a CIDR", () => "10.0.0.0/16", { to: "10.0.0.0/16" }],
  ["a group's id", () => DB, { to: DB }],
  ["a group", () => new Group("db"), { referencedSecurityGroupId: "db-id" }],
  ["what stands for a group", () => ({ id: pulumi.output(DB) }), { referencedSecurityGroupId: DB }],
  [
    "a prefix list",
    () => ({ id: pulumi.output("pl-0123456789abcdef0"), maxEntries: 3 }),
    { prefixListId: "pl-0123456789abcdef0" },
  ],
  [
    "a group of another account",
    () => Peer.securityGroup(DB, { ownerId: "210987654321" }),
    { referencedSecurityGroupId: DB, referencedSecurityGroupOwnerId: "210987654321" },
  ],
  ["a group of this account, as a peer", () => Peer.securityGroup(DB), { to: DB }],
  ["a prefix list's name", () => Peer.prefixList({ name: "office" }), { prefixListName: "office" }],
  ["an AWS service", () => Peer.awsService("s3"), { prefixListName: "com.amazonaws.{region}.s3" }],
  [
    "an AWS service of every Region",
    () => Peer.awsService("cloudfront"),
    { prefixListName: "com.amazonaws.global.cloudfront.origin-facing" },
  ],
  ["every IPv4 address", () => Peer.anyIpv4(), { to: "0.0.0.0/0" }],
  ["every IPv6 address", () => Peer.anyIpv6(), { to: "::/0" }],
])("a component accepts one destination without a list: %s", async (_, to, expected) => {
  expect(await rulesTo(to())).toEqual([expected]);
});

test("anywhere covers both families", async () => {
  const both = [{ to: "0.0.0.0/0" }, { to: "::/0" }];
  expect(await rulesTo(Peer.anywhere())).toEqual(both);
  registered = await mockPulumi();
  expect(await rulesTo([Peer.anywhere(), DB])).toEqual([...both, { to: DB }]);
});

test("a duplicate destination, in any spelling, is one rule", async () => {
  const [group, output] = [new Group("db"), pulumi.output(DB)];
  const to = [
    "10.0.0.0/16",
    "10.0.200.1/16",
    "2001:DB8:0::1/32",
    "2001:db8::/32",
    group,
    group,
    output,
    output,
  ];
  expect(await rulesTo(to)).toHaveLength(4);
});

test("two groups with one name, and two Outputs with one value, are separate destinations", async () => {
  expect(
    await rulesTo([new Group("db"), new Group("db"), pulumi.output(DB), pulumi.output(DB)]),
  ).toHaveLength(4);
});

describe("an Output", () => {
  test.each<[what: string, value: string | string[], to: string[]]>([
    ["one destination", DB, [DB]],
    ["a list", ["10.0.0.0/16", "2001:db8::/32", DB], ["10.0.0.0/16", "2001:db8::/32", DB]],
  ])("may resolve to %s", async (_, value, to) => {
    expect(await rulesTo(pulumi.output(value))).toEqual([{ to }]);
    registered = await mockPulumi();
    expect(await rulesTo(["192.0.2.0/24", pulumi.output(value)])).toEqual([{ to: "192.0.2.0/24" }, { to }]);
  });

  test("gets the protocol of its own family", async () => {
    const to = pulumi.output(["10.0.0.0/16", "2001:db8::/32", DB]);
    const rules = await rulesOfSet(new AllowPingOut("ping", { securityGroup: WEB, to }), registered);
    expect(rules).toMatchObject([
      { ipProtocol: "icmp", to: ["10.0.0.0/16", DB] },
      { ipProtocol: "icmpv6", to: ["2001:db8::/32", DB] },
    ]);
  });

  test.each<[what: string, value: string[] | undefined]>([
    ["an empty list", []],
    ["nothing", undefined],
  ])("of %s is left for check to refuse", async (_, value) => {
    expect(await rulesTo(Object(pulumi.output(value)))).toEqual([{}]);
  });
});

test.each<[what: string, to: Destinations, place: string]>([
  ["an empty list", [], "to"],
  ["an empty list among others", ["10.0.0.0/16", []], "to[1]"],
])("a component allows nothing by default: %s", (_, to, place) => {
  expect(() => new AllowHttpsOut("web", { securityGroup: DB, to })).toThrow(
    `AllowHttpsOut "web": "${place}" is empty: specify a destination, as nothing is allowed by default`,
  );
});
