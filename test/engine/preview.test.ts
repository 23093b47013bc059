import * as pulumi from "@pulumi/pulumi";
import { EgressRule } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { LaterGroup } from "./laterGroup";
import { newStack } from "./newStack";
import type { Ran, TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeAll(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
});
beforeEach(async () => {
  stack = await newStack();
  await endpoint.reset();
});
afterEach(() => endpoint.deny([]));

test("a group of the same program is unknown at preview, and the rest of the rule is still checked", async () => {
  const program = (port: number) => async () => {
    const group = new LaterGroup("group", web);
    new EgressRule("to-lan", { ...LAN, securityGroupId: group.groupId, fromPort: port });
  };
  const refused = await stack.preview(program(81));
  expect(refused.ok).toBe(false);
  expect(refused.printed).toContain("80 is below fromPort, 81");
  expect((await stack.preview(program(80))).changes).toEqual({ create: 3 });
  expect(await endpoint.count()).toEqual({});
});

test("a program with ten bad rules reports all ten at once, and sends nothing", async () => {
  const bad: { [name: string]: { args: object; shown: string } } = {
    "no-destination": { args: { cidrIpv4: undefined }, shown: "no destination is specified" },
    "two-destinations": { args: { prefixListId: "pl-0123456789abcdef0" }, shown: "a second destination" },
    "no-prefix-length": { args: { cidrIpv4: "1.2.3.4" }, shown: 'did you mean "1.2.3.4/32"?' },
    "wrong-family": { args: { cidrIpv4: "2001:db8::/32" }, shown: "specify it as cidrIpv6" },
    "unknown-protocol": { args: { ipProtocol: "tpc" }, shown: '"tpc" is not a protocol' },
    "missing-port": { args: { toPort: undefined }, shown: "is required for tcp: the last port" },
    "reversed-ports": { args: { fromPort: 90 }, shown: "80 is below fromPort, 90" },
    "foreign-characters": { args: { description: "Büro" }, shown: '"Büro" contains "ü"' },
    "group-name": { args: { securityGroupId: "web" }, shown: '"web" is not the id of a security group' },
    "aws-tag": { args: { tags: { "aws:x": "1" } }, shown: 'tags["aws:x"]' },
  };
  const ran = await stack.preview(async () => {
    for (const [name, { args }] of Object.entries(bad)) {
      new EgressRule(name, { securityGroupId: web, ...LAN, ...args });
    }
  });
  expect(ran.ok).toBe(false);
  for (const [name, { shown }] of Object.entries(bad)) {
    expect(ran.printed).toContain(name);
    expect(ran.printed).toContain(shown);
  }
  expect(await endpoint.count()).toEqual({});
});

test("the same rule declared twice is refused with both URNs, also in another spelling and on a new group", async () => {
  const twice = async () => {
    const group = new LaterGroup("group", web);
    new EgressRule("one", { ...LAN, securityGroupId: group.groupId });
    new EgressRule("other-port", { ...LAN, fromPort: 79, securityGroupId: group.groupId });
    new EgressRule("two", { ...LAN, ipProtocol: 6, cidrIpv4: "10.0.9.9/16", securityGroupId: group.groupId });
  };
  // A second run of the program in this process must not find the first one's rules.
  for (const ran of [await stack.preview(twice), await stack.preview(twice)]) {
    expect(ran.ok).toBe(false);
    expect(ran.printed).toMatch(
      /EgressRule::(one|two) is a duplicate of urn:\S+EgressRule::(one|two), tcp 80 to 10\.0\.0\.0\/16: remove/,
    );
    expect(ran.printed.match(/is a duplicate of/g)).toHaveLength(1);
  }
});

test("preview also refuses what only the engine knows, with each failure on its property", async () => {
  const ran = await stack.preview(async () => {
    new EgressRule("late", {
      securityGroupId: web,
      ipProtocol: pulumi.output("tpc"),
      cidrIpv4: pulumi.output("1.2.3.4"),
    });
  });
  expect(ran.ok).toBe(false);
  expect(ran.printed).toContain("resource 'late': property ipProtocol value {tpc} has a problem");
  expect(ran.printed).toContain("resource 'late': property cidrIpv4 value {1.2.3.4} has a problem");
});

describe("a valid program", () => {
  let ran: Ran;
  let asked: object;

  beforeAll(async () => {
    await endpoint.reset();
    ran = await (await newStack()).preview(async () => {
      for (const number of [1, 2]) {
        const { cidrIpv4: _, ...lan } = LAN;
        const referencedSecurityGroupId = new LaterGroup(`group-${number}`, web).groupId;
        new EgressRule(`to-${number}`, { ...lan, securityGroupId: web, referencedSecurityGroupId });
      }
      new EgressRule("wide", { securityGroupId: web, ...LAN, cidrIpv4: "10.0.0.18/18" });
      const silence = ["hostBits"] as const;
      new EgressRule("meant", { securityGroupId: web, ...LAN, cidrIpv4: "10.9.0.18/18", silence });
    });
    asked = await endpoint.count();
  });

  test("keeps rules of a known group apart by their unknown destinations", () => {
    expect(ran.changes).toEqual({ create: 7 });
  });

  test("gets warnings on the resource about likely mistakes, unless silenced", () => {
    expect(ran.printed).toMatch(/warning: "10.0.0.18\/18" allows all 16,384 addresses of 10.0.0.0\/18/);
    expect(ran.printed).not.toContain('"10.9.0.18/18" opens');
  });

  test("shows the resources by name", () => {
    expect(ran.printed.match(/aws-egress:EgressRule: \(create\)/g)).toHaveLength(4);
  });

  test("makes neither a dry run nor any other call", () => {
    expect(asked).toEqual({});
  });
});

fullTest("aws-egress:preflight sends EC2 a dry run, and names the denied action", async () => {
  const asking = await newStack({ config: { "aws-egress:preflight": "true" } });
  const program =
    (description = "one") =>
    async () => {
      new EgressRule("to-lan", { securityGroupId: web, ...LAN, description });
    };
  expect((await asking.preview(program())).ok).toBe(true);
  const [call] = await endpoint.calls();
  expect(call).toMatchObject({ action: "AuthorizeSecurityGroupEgress", params: { DryRun: "true" } });
  await endpoint.deny(["AuthorizeSecurityGroupEgress"]);
  const refused = await asking.preview(program());
  expect(refused.ok).toBe(false);
  expect(refused.printed).toContain("UnauthorizedOperation");
  expect(refused.printed).toContain("Allow ec2:AuthorizeSecurityGroupEgress");

  await endpoint.deny([]);
  await asking.up(program());
  await endpoint.deny(["ModifySecurityGroupRules"]);
  const update = await asking.preview(program("other"));
  expect(update.ok).toBe(false);
  expect(update.printed).toContain("Allow ec2:ModifySecurityGroupRules");
  await endpoint.deny([]);
  await asking.destroy();
});
