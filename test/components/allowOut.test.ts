import * as pulumi from "@pulumi/pulumi";
import {
  AllowAllOut,
  AllowEcrPullOut,
  AllowKafkaOut,
  AllowOut,
  AllowPingOut,
  AllowS3Out,
  allow,
  type Destinations,
  EgressPolicy,
  EgressRule,
  Peer,
  Port,
} from "../../index";
import { mockPulumi, type Registered, resolved, warnedBy } from "./mocks";

const WEB = "sg-00000000000000001";
const DB = "sg-00000000000000002";
let registered: Registered[];

beforeEach(async () => {
  registered = await mockPulumi();
});

async function rulesOf(component: AllowOut): Promise<Registered[]> {
  await resolved(component.ruleIds);
  return registered.filter(({ type }) => type.endsWith(":EgressRule"));
}

const toPorts = async (ports: Port | Port[], to: Destinations = ["10.0.0.0/16"]) => {
  const rules = await rulesOf(new AllowOut("x", { securityGroup: WEB, to, ports }));
  return rules.map(({ name, inputs: { ipProtocol, fromPort, toPort } }) => [
    name,
    ipProtocol,
    fromPort,
    toPort,
  ]);
};

test.each<[string, Port, unknown[]]>([
  ["one TCP port", Port.tcp(8443), ["x-tcp-8443-10.0.0.0/16", "tcp", 8443, 8443]],
  ["TCP ports", Port.tcpRange(8000, 9000), ["x-tcp-8000-9000-10.0.0.0/16", "tcp", 8000, 9000]],
  ["one UDP port", Port.udp(53), ["x-udp-53-10.0.0.0/16", "udp", 53, 53]],
  ["UDP ports", Port.udpRange(1, 2), ["x-udp-1-2-10.0.0.0/16", "udp", 1, 2]],
  ["an ICMP type by name", Port.icmp("echo-request", 0), ["x-icmp-8-0-10.0.0.0/16", "icmp", 8, 0]],
  ["an ICMP type with all its codes", Port.icmp(3), ["x-icmp-3-10.0.0.0/16", "icmp", 3, -1]],
  ["all of ICMP", Port.icmp("all"), ["x-icmp-all-10.0.0.0/16", "icmp", -1, -1]],
  ["another protocol", Port.protocol(50), ["x-protocol-50-10.0.0.0/16", "50", undefined, undefined]],
  ["everything", Port.all(), ["x-all-10.0.0.0/16", "-1", undefined, undefined]],
])("ports: %s", async (_, port, expected) => {
  expect(await toPorts(port)).toEqual([expected]);
});

test("several ports and destinations make a rule for each pair, and a pair said twice is one rule", async () => {
  const names = (await toPorts([Port.tcp(1), Port.tcp(2), Port.tcp(1)], ["10.0.0.0/16", DB])).map(
    ([name]) => name,
  );
  expect(names.sort()).toEqual([
    "x-tcp-1-10.0.0.0/16",
    `x-tcp-1-${DB}`,
    "x-tcp-2-10.0.0.0/16",
    `x-tcp-2-${DB}`,
  ]);
});

test("ICMP goes to IPv4, ICMPv6 to IPv6, and a group may be of either", async () => {
  const rules = await rulesOf(
    new AllowPingOut("p", { securityGroup: WEB, to: ["10.0.0.0/16", "2001:db8::/32", DB] }),
  );
  expect(rules.map(({ name }) => name).sort()).toEqual([
    "p-icmp-8-0-10.0.0.0/16",
    `p-icmp-8-0-${DB}`,
    "p-icmpv6-128-0-2001-db8--/32",
    `p-icmpv6-128-0-${DB}`,
  ]);
});

test("ICMP to IPv6 alone is made, as by an EgressRule and a policy, and each warns that it lets nothing out", async () => {
  const to = ["2001:db8::/32"];
  const rule = { ipProtocol: "icmp", fromPort: 8, toPort: -1 };
  const args = { securityGroup: WEB, to, ports: Port.icmp(8) };
  const intent = allow.traffic(Port.icmp(8), to, { description: "ping" });
  const warned = [
    await warnedBy(() => Object.values(new AllowOut("x", args).rules)),
    await warnedBy(() => [new EgressRule("x", { ...rule, securityGroupId: WEB, cidrIpv6: "2001:db8::/32" })]),
    await warnedBy(() => [new EgressPolicy("x", { securityGroup: WEB, allow: [intent] })]),
  ];
  const warning = expect.stringMatching(/^icmp type 8 to 2001:db8::\/32 lets nothing out.*\["family"\]\)$/);
  expect(warned).toEqual([[warning], [warning], [warning]]);
  expect(
    await warnedBy(() => Object.values(new AllowOut("x", { ...args, silence: ["family"] }).rules)),
  ).toEqual([]);
});

test("an ICMP type that the protocol does not have is refused by its name", () => {
  expect(() => Port.icmp("packet-too-big")).toThrow('Port.icmp: "packet-too-big" is not a type of icmp');
});

describe("peers", () => {
  const inputsOf = async (to: Destinations) =>
    (await rulesOf(new AllowOut("x", { securityGroup: WEB, to, ports: Port.tcp(443) }))).map(
      ({ inputs }) => inputs,
    );

  test("a group of another account", async () => {
    expect(await inputsOf([Peer.securityGroup(DB, { ownerId: "210987654321" })])).toMatchObject([
      { referencedSecurityGroupId: DB, referencedSecurityGroupOwnerId: "210987654321" },
    ]);
  });

  test("a group of this account, said as a peer", async () => {
    expect(await inputsOf({ db: Peer.securityGroup({ id: pulumi.output(DB) }) })).toMatchObject([
      { referencedSecurityGroupId: DB },
    ]);
  });

  test("prefix lists by name, and those of AWS services", async () => {
    const to = [Peer.prefixList({ name: "office" }), Peer.awsService("s3"), Peer.awsService("cloudfront")];
    expect((await inputsOf(to)).map(({ prefixListName }) => prefixListName)).toEqual([
      "office",
      "com.amazonaws.{region}.s3",
      "com.amazonaws.global.cloudfront.origin-facing",
    ]);
  });

  test("anywhere is both families, said aloud; each alone is only that", async () => {
    const anywhere = await inputsOf([Peer.anywhere()]);
    expect(anywhere.map(({ cidrIpv4, cidrIpv6 }) => cidrIpv4 ?? cidrIpv6)).toEqual(["0.0.0.0/0", "::/0"]);
    registered = await mockPulumi();
    expect(await inputsOf([Peer.anyIpv4()])).toMatchObject([{ cidrIpv4: "0.0.0.0/0" }]);
    registered = await mockPulumi();
    expect(await inputsOf({ six: Peer.anyIpv6() })).toMatchObject([{ cidrIpv6: "::/0" }]);
  });
});

test("a variant of a service has its own ports", async () => {
  const rules = await rulesOf(
    new AllowKafkaOut("k", { securityGroup: WEB, to: ["10.0.0.0/16"], variant: "iam" }),
  );
  expect(rules.map(({ inputs }) => [inputs.fromPort, inputs.description])).toEqual([[9098, "Kafka"]]);
});

test("AllowAllOut has its description", async () => {
  const args = { securityGroup: WEB, to: ["10.9.0.0/24"], description: "vendor appliance" };
  expect((await rulesOf(new AllowAllOut("all", args)))[0]?.inputs).toMatchObject({
    ipProtocol: "-1",
    description: "vendor appliance",
  });
});

test("the description of AllowAllOut answers the warning, also where no other is silenced", async () => {
  const args = { securityGroup: WEB, to: ["0.0.0.0/0"], description: "vendor appliance", silence: undefined };
  expect(await warnedBy(() => [new AllowAllOut("all", args)])).toEqual([]);
});

test("AllowS3Out leads to the S3 of the rule's Region; AllowEcrPullOut to the endpoints and to S3", async () => {
  const s3 = await rulesOf(new AllowS3Out("a", { securityGroup: WEB, region: "eu-west-1" }));
  expect(s3[0]?.inputs).toMatchObject({ prefixListName: "com.amazonaws.{region}.s3", region: "eu-west-1" });
  registered = await mockPulumi();
  const ecr = await rulesOf(
    new AllowEcrPullOut("ecr", { securityGroup: WEB, to: { endpoints: pulumi.output(DB) } }),
  );
  expect(ecr.map(({ name }) => name).sort()).toEqual([
    "ecr-tcp-443-com.amazonaws.s3",
    "ecr-tcp-443-endpoints",
  ]);
});
