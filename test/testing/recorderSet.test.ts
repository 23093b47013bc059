import * as pulumi from "@pulumi/pulumi";
import {
  allow,
  EgressPolicy,
  EgressRule,
  EgressRuleSet,
  type EgressRuleSetArgs,
  type RuleArgs,
  type SetRuleArgs,
} from "../../index";
import type { EgressRecorder } from "../../testing";
import { Group } from "../group";
import { outputOf, recording, refusal, WEB } from "./recording";

const tcp = (port: number, cidrIpv4: pulumi.Input<string>, more: Partial<RuleArgs> = {}): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4,
  ...more,
});

function set(
  name: string,
  rules: readonly SetRuleArgs[],
  more: Partial<EgressRuleSetArgs> = {},
): EgressRuleSet {
  return new EgressRuleSet(name, { securityGroupId: WEB, rules, ...more });
}

/** The errors of each rule, without the summary line. */
async function wrongs(egress: EgressRecorder): Promise<string[]> {
  return (await refusal(egress)).split("\n").slice(1);
}

test("the tags of a set or a policy apply to its rules, whose own tags win", async () => {
  const egress = await recording();
  const tags = { Team: "web", Zone: "shop" };
  set("web", [tcp(1, "10.0.0.0/8"), tcp(2, "10.0.0.0/8", { tags: { Team: "db" } })], { tags });
  new EgressPolicy("db", { securityGroup: "sg-0123456789abcdef9", allow: [allow.https("10.0.0.0/8")], tags });
  expect((await egress.rules()).map((rule) => rule.tags)).toEqual([tags, tags, { Team: "db", Zone: "shop" }]);
});

test("each rule of a set is recorded once, by its key, in canonical form", async () => {
  const egress = await recording({}, { "aws:region": "eu-west-1" });
  const [web, database, cache] = ["web", "database", "cache"].map((name) => new Group(name));
  if (!web || !database || !cache) throw new Error("A group is missing");
  set(
    "all",
    [
      tcp(443, "10.0.7.7/16", { description: "updates", tags: { Team: "web" }, silence: ["hostBits"] }),
      tcp(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web" }, ipProtocol: 6 }),
      { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: database },
      { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: cache.id },
      { ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListName: "com.amazonaws.{region}.s3" },
      { ipProtocol: "icmp", icmp: { type: "echo-request" }, cidrIpv4: pulumi.secret("10.0.0.0/8") },
    ],
    { securityGroupId: web, exclusive: true, onDestroy: "restoreDefault" },
  );
  const rule = { securityGroupId: "web-id", protocol: "tcp" };
  expect(await egress.rules()).toEqual([
    {
      ...rule,
      name: "all: icmp type 8 to 10.0.0.0/8",
      protocol: "icmp",
      ports: { from: 8, to: -1 },
      destination: { kind: "ipv4", value: "10.0.0.0/8" },
    },
    {
      ...rule,
      name: "all: tcp 443 to 10.0.0.0/16",
      ports: { from: 443, to: 443 },
      destination: { kind: "ipv4", value: "10.0.0.0/16" },
      description: "updates",
      tags: { Team: "web" },
    },
    {
      ...rule,
      name: "all: tcp 443 to com.amazonaws.eu-west-1.s3",
      ports: { from: 443, to: 443 },
      destination: { kind: "prefixList", value: "com.amazonaws.eu-west-1.s3" },
    },
    {
      ...rule,
      name: "all: tcp 5432 to cache-id",
      ports: { from: 5432, to: 5432 },
      destination: { kind: "securityGroup", value: "cache-id" },
    },
    {
      ...rule,
      name: "all: tcp 5432 to database-id",
      ports: { from: 5432, to: 5432 },
      destination: { kind: "securityGroup", value: "database-id" },
    },
  ]);
  expect(await egress.rules({ securityGroup: "web-id" })).toAllow({
    protocol: "tcp",
    port: 5432,
    to: "cache-id",
  });
  expect(await egress.rules()).toDeny({ protocol: "tcp", port: 22, to: "10.0.0.7" });
});

test("sets and single rules count together, and an empty set allows nothing", async () => {
  const egress = await recording();
  set("web", [tcp(443, "10.0.0.0/16")]);
  set("none", []);
  new EgressRule("ssh", { securityGroupId: WEB, ...tcp(22, "10.0.0.0/8") });
  expect((await egress.rules()).map(({ name }) => name)).toEqual(["ssh", "web: tcp 443 to 10.0.0.0/16"]);
  expect(await egress.rules()).toAllowOnly([
    { protocol: "tcp", port: 443, to: "10.0.0.0/16" },
    { protocol: "tcp", port: 22, to: "10.0.0.0/8" },
  ]);
});

test("a policy is recorded by its set, even if only an Output resolves its destinations", async () => {
  const egress = await recording();
  const [web, database] = [new Group("web"), new Group("database")];
  new EgressPolicy("shop", {
    securityGroup: web,
    allow: [allow.postgres(database), allow.https(database.id), allow.http(pulumi.output("10.0.0.0/16"))],
  });
  expect((await egress.rules()).map(({ name }) => name)).toEqual([
    "shop: tcp 443 to database-id",
    "shop: tcp 5432 to database-id",
    "shop: tcp 80 to 10.0.0.0/16",
  ]);
});

describe("outputs", () => {
  test("a set has its rules and their ids by key, and the id of its group", async () => {
    const egress = await recording({}, { "aws:region": "eu-west-1" });
    const made = set("web", [tcp(443, "10.0.7.7/16", { description: "updates", silence: ["hostBits"] })], {
      exclusive: true,
    });
    await egress.rules();
    expect(
      await outputOf(
        pulumi.all([made.id, made.securityGroupId, made.region, made.rules, made.ruleIds, made.exclusive]),
      ),
    ).toEqual([
      WEB,
      WEB,
      "eu-west-1",
      { "tcp 443 to 10.0.0.0/16": { description: "updates" } },
      { "tcp 443 to 10.0.0.0/16": "web: tcp 443 to 10.0.0.0/16-id" },
      true,
    ]);
  });

  test("a set that is only read is not declared, and returns what custom mocks give", async () => {
    const egress = await recording();
    const read = EgressRuleSet.get("old", WEB);
    expect(await outputOf(pulumi.all([read.securityGroupId, read.rules, read.ruleIds]))).toEqual([
      WEB,
      {},
      {},
    ]);
    expect(await egress.rules()).toEqual([]);

    const rules = { "tcp 443 to 10.0.0.0/16": {} };
    await recording({ newResource: ({ id }) => ({ id: id ?? "", state: { rules } }) });
    expect(await outputOf(EgressRuleSet.get("old", WEB).rules)).toEqual(rules);
  });
});

describe("rules are returned only if all are good", () => {
  test("each bad rule of a set is named by its position, with all its errors", async () => {
    const egress = await recording();
    const web = new Group("web");
    set(
      "web",
      [
        tcp(443, "10.0.0.0"),
        tcp(443, "10.0.0.0/8", { description: "Büro", tags: { "aws:x": "y" } }),
        { ...tcp(1, "10.0.0.0/8"), referencedSecurityGroupId: web } as SetRuleArgs,
      ],
      { region: "europe", onDestroy: "restoreDefault" },
    );
    expect(await wrongs(egress)).toEqual([
      expect.stringContaining('  EgressRuleSet "web": onDestroy requires exclusive, or strangers'),
      expect.stringContaining('  EgressRuleSet "web": region "europe" is not an AWS Region'),
      expect.stringContaining('  EgressRuleSet "web": rules[0].cidrIpv4 "10.0.0.0" has no prefix length'),
      expect.stringContaining('  EgressRuleSet "web": rules[1].description "Büro" contains'),
      expect.stringContaining('  EgressRuleSet "web": rules[1].tags["aws:x"]'),
      expect.stringContaining(
        'rules[2].referencedSecurityGroupId "web-id" is a second destination besides cidrIpv4',
      ),
    ]);
  });

  test("a value that is no group", async () => {
    const egress = await recording();
    set("web", [tcp(443, "10.0.0.0/8")], { securityGroupId: "vpc-0123456789abcdef0" });
    expect(await wrongs(egress)).toEqual([
      expect.stringContaining('securityGroupId "vpc-0123456789abcdef0" is not the id of a security group'),
    ]);
  });

  test("a rule with two descriptions in one set, and a duplicate across two resources", async () => {
    const one = await recording();
    set("web", [tcp(443, "10.0.0.0/8"), tcp(443, "10.0.0.0/8", { description: "other" })]);
    expect(await wrongs(one)).toEqual([
      '  EgressRuleSet "web": rules[1] is a duplicate of rules[0], tcp 443 to 10.0.0.0/8, with a different description: keep one of the two',
    ]);
    const two = await recording();
    set("web", [tcp(443, "10.0.0.0/8")]);
    new EgressRule("https", { securityGroupId: WEB, ...tcp(443, "10.0.0.0/8") });
    expect(await wrongs(two)).toEqual([
      `  EgressRule "https": tcp 443 to 10.0.0.0/8 on ${WEB} is a duplicate of "web: tcp 443 to 10.0.0.0/8": remove one of the two`,
    ]);
  });

  test("another resource on the group of an exclusive set", async () => {
    const egress = await recording();
    new EgressRule("ssh", { securityGroupId: WEB, ...tcp(22, "10.0.0.0/8") });
    set("web", [tcp(443, "10.0.0.0/8")], { exclusive: true });
    set("other", [tcp(443, "10.0.0.0/8")], { exclusive: true, securityGroupId: "sg-00000000000000002" });
    expect(await wrongs(egress)).toEqual([
      `  EgressRule "ssh": EgressRuleSet "web" has ${WEB} to itself (exclusive or strangers), but EgressRule "ssh" declares rules on it, too: declare them in the set, or remove exclusive or strangers`,
    ]);
  });

  test("a mock's single id for all groups is not the program's mistake", async () => {
    const egress = await recording({ newResource: ({ inputs }) => ({ id: "sg-12345678", state: inputs }) });
    const [web, one, other] = ["web", "one", "other"].map((name) => new Group(name));
    if (!web || !one || !other) throw new Error("A group is missing");
    const rule = { ipProtocol: "tcp", fromPort: 1, toPort: 1 };
    const rules = [
      { ...rule, referencedSecurityGroupId: one, description: "one" },
      { ...rule, referencedSecurityGroupId: other, description: "other" },
    ];
    set("web", rules, { securityGroupId: web, exclusive: true });
    new EgressRule("there", { securityGroupId: other, ...tcp(22, "10.0.0.0/8") });
    expect(await egress.rules()).toHaveLength(3);
  });

  test("an unknown value", async () => {
    const egress = await recording({ newResource: () => ({ id: undefined, state: {} }) });
    const web = new Group("web");
    set("of", [tcp(443, "10.0.0.0/8")], { securityGroupId: web });
    set("to", [
      tcp(443, "10.0.0.0/8"),
      { ipProtocol: "tcp", fromPort: 1, toPort: 1, referencedSecurityGroupId: web.id },
    ]);
    const later =
      "is unknown, so no assertion can use it: return the value that it depends on from the mocks";
    expect((await wrongs(egress)).sort()).toEqual([
      `  EgressRuleSet "of": securityGroupId ${later}`,
      `  EgressRuleSet "to": rules[1] its destination ${later}`,
    ]);
  });
});
