import * as pulumi from "@pulumi/pulumi";
import {
  AllowAllOut,
  AllowEcrPullOut,
  AllowHttpsOut,
  AllowKafkaOut,
  AllowOut,
  AllowPingOut,
  AllowS3Out,
  allow,
  EgressPolicy,
  EgressRule,
  Peer,
  Port,
} from "../../index";
import { mockPulumi, type Registered, resolved, rulesOfSet, warnedBy } from "./mocks";

const WEB = "sg-00000000000000001";
const DB = "sg-00000000000000002";
let registered: Registered[];

beforeEach(async () => {
  registered = await mockPulumi();
});

const setInputs = () => registered.find(({ type }) => type.endsWith(":EgressRuleSet"))?.inputs;

test.each<[string, Port, object]>([
  ["one TCP port", Port.tcp(8443), { ipProtocol: "tcp", fromPort: 8443, toPort: 8443 }],
  ["TCP ports", Port.tcpRange(8000, 9000), { ipProtocol: "tcp", fromPort: 8000, toPort: 9000 }],
  ["one UDP port", Port.udp(53), { ipProtocol: "udp", fromPort: 53, toPort: 53 }],
  ["UDP ports", Port.udpRange(1, 2), { ipProtocol: "udp", fromPort: 1, toPort: 2 }],
  ["an ICMP type by name", Port.icmp("echo-request", 0), { ipProtocol: "icmp", fromPort: 8, toPort: 0 }],
  ["an ICMP type with all its codes", Port.icmp(3), { ipProtocol: "icmp", fromPort: 3, toPort: -1 }],
  ["all of ICMP", Port.icmp("all"), { ipProtocol: "icmp", fromPort: -1, toPort: -1 }],
  ["another protocol", Port.protocol(50), { ipProtocol: "50" }],
  ["everything", Port.all(), { ipProtocol: "-1" }],
])("ports: %s", async (_, ports, expected) => {
  const component = new AllowOut("x", { securityGroup: WEB, to: "10.0.0.0/16", ports });
  expect(await rulesOfSet(component, registered)).toEqual([{ ...expected, to: "10.0.0.0/16" }]);
});

test("several ports and destinations make a rule for each pair, and a duplicate pair is one rule", async () => {
  const ports = [Port.tcp(1), Port.tcp(2), Port.tcp(1)];
  const component = new AllowOut("x", { securityGroup: WEB, to: ["10.0.0.0/16", DB], ports });
  expect(await rulesOfSet(component, registered)).toMatchObject([
    { fromPort: 1, to: "10.0.0.0/16" },
    { fromPort: 2, to: "10.0.0.0/16" },
    { fromPort: 1, to: DB },
    { fromPort: 2, to: DB },
  ]);
});

test("ICMP reaches IPv4, ICMPv6 reaches IPv6, and both reach a group", async () => {
  const component = new AllowPingOut("p", { securityGroup: WEB, to: ["10.0.0.0/16", "2001:db8::/32", DB] });
  expect(await rulesOfSet(component, registered)).toMatchObject([
    { ipProtocol: "icmp", to: "10.0.0.0/16" },
    { ipProtocol: "icmpv6", to: "2001:db8::/32" },
    { ipProtocol: "icmp", to: DB },
    { ipProtocol: "icmpv6", to: DB },
  ]);
});

test("ICMP to IPv6 works as in an EgressRule and a policy, and each warns that it allows nothing", async () => {
  const to = ["2001:db8::/32"];
  const rule = { ipProtocol: "icmp", fromPort: 8, toPort: -1 };
  const args = { securityGroup: WEB, to, ports: Port.icmp(8) };
  const intent = allow.traffic(Port.icmp(8), to, { description: "ping" });
  const warned = [
    await warnedBy(() => [new AllowOut("x", args)]),
    await warnedBy(() => [new EgressRule("x", { ...rule, securityGroupId: WEB, cidrIpv6: "2001:db8::/32" })]),
    await warnedBy(() => [new EgressPolicy("x", { securityGroup: WEB, allow: [intent] })]),
  ];
  const warning = expect.stringMatching(/^icmp type 8 to 2001:db8::\/32 allows nothing.*\["family"\]\)$/);
  expect(warned).toEqual([[warning], [warning], [warning]]);
  expect(await warnedBy(() => [new AllowOut("x", { ...args, silence: ["family"] })])).toEqual([]);
});

test("an ICMP type that the protocol lacks is refused by its name", () => {
  expect(() => Port.icmp("packet-too-big")).toThrow('Port.icmp: "packet-too-big" is not a type of icmp');
});

test("a variant of a service has its own ports", async () => {
  const args = { securityGroup: WEB, to: "10.0.0.0/16", variant: "iam" } as const;
  expect(await rulesOfSet(new AllowKafkaOut("k", args), registered)).toMatchObject([
    { fromPort: 9098, description: "Kafka" },
  ]);
});

test("AllowAllOut has its description", async () => {
  const args = { securityGroup: WEB, to: "10.9.0.0/24", description: "vendor appliance" };
  expect(await rulesOfSet(new AllowAllOut("all", args), registered)).toMatchObject([
    { ipProtocol: "-1", description: "vendor appliance" },
  ]);
});

test("the description of AllowAllOut satisfies the warning, even if no other is silenced", async () => {
  const args = { securityGroup: WEB, to: "0.0.0.0/0", description: "vendor appliance", silence: undefined };
  expect(await warnedBy(() => [new AllowAllOut("all", args)])).toEqual([]);
});

test("AllowS3Out reaches S3 in the group's Region; AllowEcrPullOut reaches the endpoints and S3", async () => {
  const s3 = new AllowS3Out("a", { securityGroup: WEB, region: "eu-west-1" });
  expect(await rulesOfSet(s3, registered)).toMatchObject([{ prefixListName: "com.amazonaws.{region}.s3" }]);
  expect(setInputs()).toMatchObject({ region: "eu-west-1" });
  registered = await mockPulumi();
  const ecr = new AllowEcrPullOut("ecr", { securityGroup: WEB, to: pulumi.output(DB) });
  expect(await rulesOfSet(ecr, registered)).toMatchObject([
    { to: [DB] },
    { prefixListName: Peer.awsService("s3").prefixListName },
  ]);
});

test("passes tags, Region and adopt to its set, which is not exclusive", async () => {
  const args = { tags: { Team: "web" }, region: "eu-west-1", adopt: true, description: "updates" };
  const component = new AllowHttpsOut("web", { securityGroup: WEB, to: "10.0.0.0/16", ...args });
  expect(await rulesOfSet(component, registered)).toMatchObject([{ description: "updates" }]);
  const { description: _, ...ofSet } = args;
  expect(setInputs()).toMatchObject({ securityGroupId: WEB, ...ofSet });
  expect(setInputs()?.exclusive).toBeUndefined();
});

test("accepts a group as an id, an Output or a resource", async () => {
  for (const securityGroup of [DB, pulumi.output(DB), { id: DB }, { id: pulumi.output(DB) }]) {
    registered = await mockPulumi();
    await rulesOfSet(new AllowHttpsOut("web", { securityGroup, to: "10.0.0.0/16" }), registered);
    expect(setInputs()?.securityGroupId).toBe(DB);
  }
});

test("returns the rules and their ids like its set, by key", async () => {
  const component = new AllowHttpsOut("web", { securityGroup: DB, to: "10.0.0.0/16" });
  expect(await resolved(component.ruleIds)).toEqual({});
  expect(registered.map(({ type, name }) => [type, name])).toContainEqual([
    "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet",
    "web",
  ]);
});

test("isInstance distinguishes classes of components", () => {
  const args = { securityGroup: WEB, to: "10.0.0.0/16" };
  const [https, kafka] = [new AllowHttpsOut("https", args), new AllowKafkaOut("kafka", args)];
  expect([https, kafka, args].map((one) => AllowHttpsOut.isInstance(one))).toEqual([true, false, false]);
});

describe("the stack that claims the rules", () => {
  test.each([
    [undefined, "shop/test"],
    ["organization", "shop/test"],
    ["acme", "acme/shop/test"],
  ])("in the organization %s is %s", async (organization, owner) => {
    registered = await mockPulumi({}, organization);
    await rulesOfSet(new AllowHttpsOut("web", { securityGroup: WEB, to: "10.0.0.0/16" }), registered);
    expect(setInputs()?.owner).toBe(owner);
  });

  test("is missing if aws-egress:ownership is false", async () => {
    registered = await mockPulumi({ "aws-egress:ownership": "false" });
    await rulesOfSet(new AllowHttpsOut("web", { securityGroup: WEB, to: "10.0.0.0/16" }), registered);
    expect(setInputs()?.owner).toBeUndefined();
  });
});
