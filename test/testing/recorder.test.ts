import * as pulumi from "@pulumi/pulumi";
import {
  AllowAllOut,
  AllowHttpsOut,
  AllowOut,
  AllowPingOut,
  AllowPostgresOut,
  AllowS3Out,
  EgressRule,
  Peer,
  Port,
} from "../../index";
import { type EgressRecorder, egressMatchers, recordEgress } from "../../testing";

expect.extend(egressMatchers);

const WEB = "sg-00000000000000001";
const RULE = { securityGroupId: WEB, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" };

class Group extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("aws:ec2/securityGroup:SecurityGroup", name, { name: undefined }, opts);
  }
}

class PrefixList extends pulumi.CustomResource {
  constructor(name: string) {
    super("aws:ec2/managedPrefixList:ManagedPrefixList", name, {});
  }
}

/** A recorder under which the program runs that follows. */
async function recording(
  own?: Parameters<typeof recordEgress>[0],
  config: { [key: string]: string } = {},
  isPreview = false,
): Promise<EgressRecorder> {
  const egress = recordEgress(own);
  await pulumi.runtime.setMocks(egress, "shop", "test", isPreview);
  pulumi.runtime.setAllConfig(config);
  return egress;
}

async function refusal(egress: EgressRecorder): Promise<string> {
  return egress.rules().then(
    () => {
      throw new Error("the rules are given");
    },
    (error: Error) => error.message,
  );
}

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
    new AllowAllOut("all", { securityGroup: database, to: Peer.anywhere().slice(0, 1), reason: "vendor" });

    expect(await egress.rules()).toEqual([
      {
        name: "all-all-0.0.0.0/0",
        securityGroupId: "database-id",
        protocol: "-1",
        destination: { kind: "ipv4", value: "0.0.0.0/0" },
        description: "vendor",
      },
      {
        name: "orders-tcp-5432-database",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 5432, to: 5432 },
        destination: { kind: "securityGroup", value: "database-id" },
        description: "PostgreSQL",
        tags: { Team: "web" },
      },
      {
        name: "out-tcp-443-10.0.0.0/16",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        destination: { kind: "ipv4", value: "10.0.0.0/16" },
        description: "HTTPS",
      },
      {
        name: "out-tcp-443-2001-db8--/32",
        securityGroupId: "web-id",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        destination: { kind: "ipv6", value: "2001:db8::/32" },
        description: "HTTPS",
      },
      {
        name: "ping-icmp-8-0-10.0.0.0/16",
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
      'no rule is of the group "wbe-id", and no mock gave this id: rules are of web-id, database-id',
    );
  });

  test("secrets are in the open, and other arguments of a resource do not disturb", async () => {
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
  ])("a prefix list goes by its name, with %s", async (_, config, region, value) => {
    const egress = await recording({}, config);
    new AllowS3Out("artifacts", { securityGroup: WEB, region });
    const rules = await egress.rules();
    expect(rules.map(({ destination }) => destination)).toEqual([{ kind: "prefixList", value }]);
    expect(rules).toAllow({ protocol: "tcp", port: 443, to: "com.amazonaws.{region}.s3" });
  });
});

describe("it waits for what a program registers", () => {
  test("in an apply of an apply, after a slow mock, and by way of a call", async () => {
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
      "also-tcp-443-10.8.0.0/16",
      "web-tcp-443-10.7.0.0/16",
    ]);
  });

  test("also under fake timers, and what comes after it was asked", async () => {
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

  test("it says so where it was not given to setMocks", async () => {
    await recording();
    await expect(recordEgress().rules()).rejects.toThrow("give the recorder to pulumi.runtime.setMocks");
  });
});

describe("outputs", () => {
  const outputOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

  test("a rule has its id, and its arguments in canonical form", async () => {
    const egress = await recording({}, { "aws:region": "eu-west-1" });
    const rule = new EgressRule("web", {
      ...RULE,
      securityGroupId: new Group("web"),
      ipProtocol: 6,
      cidrIpv4: "10.0.7.7/16",
      silence: ["hostBits"],
    });
    await egress.rules();
    expect(await outputOf(pulumi.all([rule.id, rule.securityGroupRuleId, rule.arn, rule.region]))).toEqual([
      "web-id",
      "web-id",
      "arn:aws:ec2:eu-west-1:123456789012:security-group-rule/web-id",
      "eu-west-1",
    ]);
    expect(
      await outputOf(
        pulumi.all([rule.securityGroupId, rule.ipProtocol, rule.cidrIpv4, rule.fromPort, rule.tagsAll]),
      ),
    ).toEqual(["web-id", "tcp", "10.0.0.0/16", 80, {}]);
  });

  test("a rule that is read is none that is declared", async () => {
    const egress = await recording();
    const rule = EgressRule.get("old", "sgr-0123456789abcdef0");
    expect(await outputOf(rule.securityGroupRuleId)).toBe("sgr-0123456789abcdef0");
    expect(await egress.rules()).toEqual([]);
  });

  test("own mocks answer for a rule that is read, and for resources, but not for what this package declares", async () => {
    const asked: string[] = [];
    const egress = await recording({
      newResource: ({ type, id }) => {
        asked.push(type);
        return { id: id || "sg-made-up", state: { ipProtocol: "udp" } };
      },
    });
    const rule = EgressRule.get("old", "sgr-0123456789abcdef0");
    expect(await outputOf(rule.ipProtocol)).toBe("udp");
    new AllowHttpsOut("web", { securityGroup: new Group("web"), to: ["10.0.0.0/16"] });
    expect(await egress.rules()).toMatchObject([{ securityGroupId: "sg-made-up" }]);
    expect(asked).toEqual([
      "pulumi-nodejs:dynamic/aws-egress:EgressRule",
      "aws:ec2/securityGroup:SecurityGroup",
    ]);
  });
});

describe("what a mock makes up is no mistake of the program", () => {
  const ownIds = (id: (name: string, type: string) => string) => ({
    newResource: ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => ({
      id: id(name, type),
      state: inputs,
    }),
  });

  test.each([
    ["web_id", (name: string) => `${name}_id`],
    ["sg-web", (name: string, type: string) => `${type.endsWith("List") ? "pl" : "sg"}-${name}`],
    ["a number", (name: string) => String(name.length)],
    ["with the type", (name: string, type: string) => `${type}::${name}`],
  ])("ids of groups and lists, as arguments and as destinations: %s", async (_, id) => {
    const egress = await recording(ownIds(id));
    const [web, database, office] = [new Group("web"), new Group("database"), new PrefixList("office")];
    new EgressRule("a", {
      ...RULE,
      securityGroupId: web,
      cidrIpv4: undefined,
      referencedSecurityGroupId: database,
    });
    new EgressRule("b", { ...RULE, securityGroupId: web.id, cidrIpv4: undefined, prefixListId: office.id });
    // A component cannot tell what a bare Output leads to before its value is known, and then by its form.
    new AllowHttpsOut("c", { securityGroup: web, to: { database: database.id, office: office.id } });
    const values = (await egress.rules()).map(({ securityGroupId, destination }) => [
      securityGroupId,
      destination.kind,
      destination.value,
    ]);
    const group = "aws:ec2/securityGroup:SecurityGroup";
    const toDatabase = [id("web", group), "securityGroup", id("database", group)];
    const toOffice = [
      id("web", group),
      "prefixList",
      id("office", "aws:ec2/managedPrefixList:ManagedPrefixList"),
    ];
    expect(values).toEqual([toDatabase, toOffice, toDatabase, toOffice]);
    expect(await egress.rules()).toAllow({ protocol: "tcp", port: 443, to: id("database", group) });
  });

  test("ids out of the outputs of a resource, of a call, and of the configuration", async () => {
    const egress = await recording(
      {
        newResource: ({ name }) => ({ id: name, state: { name: "endpoint-group" } }),
        call: () => ({ id: "looked-up", prefixListId: "the-list" }),
      },
      { "shop:database": "database-group" },
    );
    const looked: pulumi.Output<{ id: string; prefixListId: string }> = pulumi.runtime.invokeOutput(
      "aws:ec2/getVpcEndpoint:getVpcEndpoint",
      {},
    );
    new AllowHttpsOut("web", {
      securityGroup: new pulumi.Config().require("database"),
      to: {
        one: new Group("some").name,
        two: looked.id,
        three: looked.prefixListId,
        four: pulumi.output(new pulumi.Config().require("database")),
      },
    });
    expect((await egress.rules()).map(({ name, destination }) => [name, destination.kind])).toEqual([
      ["web-tcp-443-four", "securityGroup"],
      ["web-tcp-443-one", "securityGroup"],
      ["web-tcp-443-three", "prefixList"],
      ["web-tcp-443-two", "securityGroup"],
    ]);
  });

  test("one id for all groups does not make their rules the same", async () => {
    const egress = await recording(ownIds(() => "sg-12345678"));
    for (const name of ["web", "app"]) new EgressRule(name, { ...RULE, securityGroupId: new Group(name) });
    expect(await egress.rules()).toHaveLength(2);
  });

  test("an account before the id", async () => {
    const egress = await recording();
    const database = new Group("database");
    new EgressRule("a", {
      ...RULE,
      cidrIpv4: undefined,
      referencedSecurityGroupId: pulumi.interpolate`123456789012/${database.id}`,
    });
    new AllowOut("b", {
      securityGroup: WEB,
      to: [Peer.securityGroup(database, { ownerId: "123456789012" })],
      ports: Port.tcp(1),
    });
    expect((await egress.rules()).map(({ destination }) => destination.value)).toEqual([
      "database-id",
      "database-id",
    ]);
  });
});

describe("rules are given only where all are good", () => {
  test("each bad rule is named, with all that is wrong with it", async () => {
    const egress = await recording();
    new EgressRule("good", RULE);
    new EgressRule("bad", { ...RULE, ipProtocol: "tcpp", cidrIpv4: "10.0.0.300/16" });
    new EgressRule("worse", { ...RULE, fromPort: 90, tags: { "aws:x": "y" } });
    expect((await refusal(egress)).split("\n")).toEqual([
      "recordEgress: the program's rules are not as they should be:",
      expect.stringContaining('  EgressRule "bad": ipProtocol "tcpp" is not a protocol'),
      expect.stringContaining('  EgressRule "bad": cidrIpv4 "10.0.0.300/16" is not an IPv4 CIDR'),
      expect.stringContaining('  EgressRule "worse": toPort 80 is below fromPort, 90'),
      expect.stringContaining('  EgressRule "worse": tags["aws:x"]'),
    ]);
  });

  test.each<[string, object, string]>([
    [
      "a name that is no id",
      { referencedSecurityGroupId: "db.example.com:5432" },
      "is not the id of a security group",
    ],
    ["a VPC's id", { securityGroupId: "vpc-0123456789abcdef0" }, "is not the id of a security group"],
    ["a CIDR for a group", { securityGroupId: "10.0.0.0/16" }, "is not the id of a security group"],
    [
      "a list's name for its id",
      { prefixListId: "com.amazonaws.eu-west-1.s3" },
      "is not the id of a prefix list",
    ],
    ["a host for a CIDR", { cidrIpv4: "db.example.com" }, '"db.example.com" is not an IPv4 CIDR'],
    ["a name that nobody gave", { cidrIpv4: "database" }, '"database" is not an IPv4 CIDR'],
    [
      "two lists",
      { prefixListName: "office", prefixListId: "office-id" },
      'prefixListName "office" is given beside',
    ],
    ["a Region", { region: "europe" }, 'region "europe" is not an AWS Region'],
    ["what to adopt", { adopt: "the old one" }, 'adopt "the old one" is neither'],
    [
      "a second destination, in the words of the mocks",
      { cidrIpv4: "10.0.0.0/16", referencedSecurityGroupId: "app-id" },
      'referencedSecurityGroupId "app-id" is a second destination beside cidrIpv4',
    ],
  ])("refused: %s", async (_, args, reason) => {
    const egress = await recording();
    const { cidrIpv4: _cidr, ...rule } = RULE;
    new EgressRule("web", { ...rule, ...args });
    expect(await refusal(egress)).toContain(reason);
  });

  test("the same rule twice, also on a group that a mock has made", async () => {
    const egress = await recording();
    const web = new Group("web");
    new EgressRule("one", { ...RULE, securityGroupId: web });
    new EgressRule("two", { ...RULE, securityGroupId: web, cidrIpv4: "10.0.7.0/16", silence: ["hostBits"] });
    new EgressRule("there", { ...RULE, securityGroupId: web, region: "eu-west-1" });
    expect(await refusal(egress)).toBe(
      'recordEgress: the program\'s rules are not as they should be:\n  EgressRule "two": tcp 80 to 10.0.0.0/16 on web-id is the same rule as "one", and a group keeps a rule only once: remove one of the two',
    );
  });

  test("the same rule twice in a stack, where the program tells of it", async () => {
    const egress = await recording();
    await pulumi.runtime.runInPulumiStack(async () => {
      new EgressRule("one", RULE);
      new EgressRule("two", RULE);
    });
    const reason = await refusal(egress);
    expect(reason).toMatch(/^ {2}EgressRule "two": \S+::two is the same rule as \S+::one, /m);
    expect(reason.split("\n")).toHaveLength(2);
  });

  test.each<[string, boolean]>([
    ["an id that a mock does not give", false],
    ["an id of a preview", true],
  ])("what is not known: %s", async (_, isPreview) => {
    const egress = await recording({ newResource: () => ({ id: undefined, state: {} }) }, {}, isPreview);
    const web = new Group("web");
    new EgressRule("of", { ...RULE, securityGroupId: web });
    new AllowHttpsOut("to", { securityGroup: WEB, to: { web: web.id } });
    expect((await refusal(egress)).split("\n").slice(1)).toEqual([
      '  EgressRule "of": securityGroupId is not known, so nothing can be asserted on it: let the mocks give what it comes from',
      '  EgressRule "to-tcp-443-web": its destination is not known, so nothing can be asserted on it: let the mocks give what it comes from',
    ]);
  });

  test("a mock that throws is told, and so is a call that nobody mocks", async () => {
    const egress = recordEgress({
      newResource: () => {
        throw new Error("no such thing");
      },
    });
    const args = { type: "aws:ec2/vpc:Vpc", name: "main", inputs: {} };
    await expect(egress.newResource(args)).rejects.toThrow("no such thing");
    await expect(egress.rules()).rejects.toThrow('the mock of aws:ec2/vpc:Vpc "main" failed: no such thing');

    const other = recordEgress();
    const token = "aws:index/getRegion:getRegion";
    await expect(other.call({ token, inputs: {} })).rejects.toThrow(`no mock answers ${token}`);
    await expect(other.rules()).rejects.toThrow(`no mock answers ${token}: give recordEgress a call`);
  });
});
