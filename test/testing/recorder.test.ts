import * as pulumi from "@pulumi/pulumi";
import {
  AllowAllOut,
  AllowHttpsOut,
  AllowPingOut,
  AllowPostgresOut,
  AllowS3Out,
  EgressRule,
  Peer,
} from "../../index";
import { recordEgress } from "../../testing";
import { Group } from "../group";
import { RULE, recording, WEB } from "./recording";

describe("rules come in canonical form", () => {
  test("those of components, sorted by name", async () => {
    const egress = await recording();
    const [web, database] = [new Group("web"), new Group("database")];
    new AllowPostgresOut("orders", { securityGroup: web, to: [database], tags: { Team: "web" } });
    new AllowHttpsOut("out", {
      securityGroup: web.id,
      to: ["10.0.200.1/16", "2001:DB8::/32"],
      silence: ["hostBits"],
    });
    new AllowPingOut("ping", { securityGroup: database, to: ["10.0.0.0/16"] });
    new AllowAllOut("all", {
      securityGroup: database,
      to: Peer.anyIpv4(),
      description: "vendor",
    });

    expect(await egress.rules()).toEqual([
      {
        name: "all: all traffic to 0.0.0.0/0",
        securityGroupId: "database-id",
        protocol: "-1",
        destination: { kind: "ipv4", value: "0.0.0.0/0" },
        description: "vendor",
      },
      {
        name: "orders: tcp 5432 to database-id",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 5432, to: 5432 },
        destination: { kind: "securityGroup", value: "database-id" },
        description: "PostgreSQL",
        tags: { Team: "web" },
      },
      {
        name: "out: tcp 443 to 10.0.0.0/16",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        destination: { kind: "ipv4", value: "10.0.0.0/16" },
        description: "HTTPS",
      },
      {
        name: "out: tcp 443 to 2001:db8::/32",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        destination: { kind: "ipv6", value: "2001:db8::/32" },
        description: "HTTPS",
      },
      {
        name: "ping: icmp type 8 code 0 to 10.0.0.0/16",
        securityGroupId: "database-id",
        protocol: "icmp",
        ports: { from: 8, to: 0 },
        destination: { kind: "ipv4", value: "10.0.0.0/16" },
        description: "ping",
      },
    ]);
  });

  test("those of one group", async () => {
    const egress = await recording();
    const [web, database, locked] = [new Group("web"), new Group("database"), new Group("locked")];
    new AllowPostgresOut("orders", { securityGroup: web, to: [database] });
    new AllowHttpsOut("out", { securityGroup: database, to: ["10.0.0.0/16"] });
    await pulumi.output(locked.id);

    expect(await egress.rules({ securityGroup: "web-id" })).toAllowOnly([
      { protocol: "tcp", port: 5432, to: "database-id" },
    ]);
    expect(await egress.rules({ securityGroup: "locked-id" })).toEqual([]);
    await expect(egress.rules({ securityGroup: "wbe-id" })).rejects.toThrow(
      'no rule is on the group "wbe-id", and no mock returned this id: the groups with rules are web-id, database-id',
    );
  });

  test("secrets are readable, and other arguments of a resource do no harm", async () => {
    const egress = await recording();
    new EgressRule("secret", {
      ...RULE,
      cidrIpv4: pulumi.secret("10.0.0.0/16"),
      tags: { Team: pulumi.secret("web") },
      region: "eu-west-1",
      adopt: true,
      silence: ["smtp"],
    });
    expect(await egress.rules()).toMatchObject([
      { destination: { kind: "ipv4", value: "10.0.0.0/16" }, tags: { Team: "web" } },
    ]);
  });

  test.each<[string, { [key: string]: string }, string | undefined, string]>([
    ["the rule's Region", { "aws:region": "us-east-1" }, "eu-west-1", "com.amazonaws.eu-west-1.s3"],
    ["the stack's Region", { "aws:region": "us-east-1" }, undefined, "com.amazonaws.us-east-1.s3"],
    ["no Region", {}, undefined, "com.amazonaws.{region}.s3"],
  ])("a prefix list appears by its name, with %s", async (_, config, region, value) => {
    const egress = await recording({}, config);
    new AllowS3Out("artifacts", { securityGroup: WEB, region });
    const rules = await egress.rules();
    expect(rules.map(({ destination }) => destination)).toEqual([{ kind: "prefixList", value }]);
    expect(rules).toAllow({ protocol: "tcp", port: 443, to: "com.amazonaws.{region}.s3" });
  });
});

describe("it waits for a program's registrations", () => {
  test("in a nested apply, after a slow mock, and through a call", async () => {
    const egress = await recording({
      newResource: async ({ name, inputs }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { id: `${name}-id`, state: inputs };
      },
      call: async ({ token }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return token === "aws:ec2/getSubnet:getSubnet" ? { cidrBlock: "10.7.0.0/16" } : {};
      },
    });
    new Group("web").id.apply((securityGroup) => {
      const subnet: pulumi.Output<{ cidrBlock: string }> = pulumi.runtime.invokeOutput(
        "aws:ec2/getSubnet:getSubnet",
        {},
      );
      subnet.apply(async ({ cidrBlock }) => {
        await Promise.resolve();
        const https = new AllowHttpsOut("web", { securityGroup, to: [cidrBlock] });
        https.ruleIds.apply(() => new AllowHttpsOut("also", { securityGroup, to: ["10.8.0.0/16"] }));
      });
    });
    expect((await egress.rules()).map(({ name }) => name)).toEqual([
      "also: tcp 443 to 10.8.0.0/16",
      "web: tcp 443 to 10.7.0.0/16",
    ]);
  });

  test("even under fake timers, and after the request", async () => {
    const egress = await recording();
    jest.useFakeTimers();
    try {
      new EgressRule("one", RULE);
      expect(await egress.rules()).toHaveLength(1);
      new EgressRule("two", { ...RULE, fromPort: 81, toPort: 81 });
      expect(await egress.rules()).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  test("it reports that setMocks did not get it", async () => {
    await recording();
    await expect(recordEgress().rules()).rejects.toThrow("pass the recorder to pulumi.runtime.setMocks");
  });
});
