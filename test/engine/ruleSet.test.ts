import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import * as pulumi from "@pulumi/pulumi";
import {
  allow,
  EgressPolicy,
  EgressRule,
  EgressRuleSet,
  type EgressRuleSetArgs,
  type RuleArgs,
  type SetRuleArgs,
  type Strangers,
} from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { newStack } from "./newStack";
import { makeStack, type TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeEach(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
  stack = await newStack();
  await endpoint.reset();
});

const tcp = (port: number, cidrIpv4: string, more: Partial<RuleArgs> = {}): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4,
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, place) => tcp(443, `10.${place}.0.0/16`));

const program =
  (rules: readonly SetRuleArgs[], more: Partial<EgressRuleSetArgs> = {}) =>
  async () => {
    const { rules: made, ruleIds } = new EgressRuleSet("web", { securityGroupId: web, rules, ...more });
    return { rules: made, ruleIds };
  };

async function textsOf(group: string): Promise<string[]> {
  const rules = await endpoint.rules(group);
  return rules
    .map(({ IpProtocol, FromPort, CidrIpv4, Description }) =>
      [IpProtocol, FromPort, CidrIpv4, Description]
        .filter((part) => part !== undefined && part !== "")
        .join(" "),
    )
    .sort();
}

test("sixty rules come in two calls, stay for none, are read in one, and go in two", async () => {
  const rules = many(59);
  expect((await stack.up(program(rules))).ok).toBe(true);
  expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1, AuthorizeSecurityGroupEgress: 1 });
  expect(await endpoint.rules(web)).toHaveLength(60);

  await endpoint.reset();
  const respelled = [...rules].reverse().map((rule) => ({ ...rule, ipProtocol: 6, toPort: "443" }));
  expect((await stack.up(program([...respelled, ...rules]))).changes).toEqual({ same: 2 });
  expect(await endpoint.count()).toEqual({});

  await stack.refresh();
  expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1 });

  await endpoint.reset();
  await stack.destroy();
  expect(await endpoint.count()).toEqual({ DescribeSecurityGroupRules: 1, RevokeSecurityGroupEgress: 1 });
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0"]);
});

test("preview and up each tell in one line what changes, and a refresh and a destroy do not", async () => {
  const line = (ran: { readonly printed: string }) => ran.printed.match(/web: .*/g);
  const comes = program([tcp(443, "10.0.0.0/8"), tcp(22, "10.0.0.0/8")], { exclusive: true });
  const made = ["web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8"];
  expect(line(await stack.preview(comes))).toEqual(made);
  expect(line(await stack.up(comes))).toEqual(made);
  expect(line(await stack.up(comes, { refresh: true }))).toBeNull();

  const goes = program([tcp(443, "10.0.0.0/8", { description: "updates" })], { exclusive: true });
  const changed = ["web: - tcp 22 to 10.0.0.0/8, 1 description"];
  expect(line(await stack.preview(goes))).toEqual(changed);
  expect(line(await stack.up(goes, { refresh: true }))).toEqual(changed);
  expect(line(await stack.refresh())).toBeNull();
  expect(line(await stack.destroy({ runProgram: true }))).toBeNull();
});

test("a preview names the rules that come and go, and an edit takes the fewest calls", async () => {
  const ports = many(30);
  await stack.up(program(ports));
  await endpoint.reset();
  const edited = [
    ...ports.slice(0, 10),
    ...ports.slice(10, 20).map((rule) => ({ ...rule, toPort: 444 })),
    ...many(40).slice(30),
    tcp(443, "10.20.0.0/16", { description: "said now" }),
  ];
  const { printed } = await stack.preview(program(edited));
  expect(printed).toContain("+ tcp 443 to 10.30.0.0/16");
  expect(printed).toContain("- tcp 443 to 10.25.0.0/16");
  expect(printed).toMatch(/description: "said now"/);
  await stack.up(program(edited));
  expect(await endpoint.count()).toEqual({
    AuthorizeSecurityGroupEgress: 1,
    DescribeSecurityGroupRules: 1,
    // For descriptions.
    ModifySecurityGroupRules: 1,
    RevokeSecurityGroupEgress: 1,
  });
  const rules = await endpoint.rules(web);
  expect(rules).toHaveLength(32);
});

test("an exclusive set takes the group over, keeps strangers out, and leaves those that came since", async () => {
  const stranger = (port: number) =>
    endpoint.client().send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: web,
        IpPermissions: [
          { IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [{ CidrIp: "10.0.0.0/8" }] },
        ],
      }),
    );
  await stranger(22);
  const rules = [tcp(443, "10.0.0.0/16", { description: "updates" }), tcp(22, "10.0.0.0/8")];
  await stack.up(program(rules, { exclusive: true }));
  expect(await textsOf(web)).toEqual(["tcp 22 10.0.0.0/8", "tcp 443 10.0.0.0/16 updates"]);

  await stranger(23);
  expect((await stack.refresh()).changes).toEqual({ same: 1, update: 1 });
  const [found] = await stack.resources();
  expect(found?.outputs?.rules).toHaveProperty(["tcp 23 to 10.0.0.0/8"]);
  expect((await stack.preview(program(rules, { exclusive: true }))).printed).toContain(
    "- tcp 23 to 10.0.0.0/8",
  );
  await stack.up(program(rules, { exclusive: true }));
  expect(await textsOf(web)).toEqual(["tcp 22 10.0.0.0/8", "tcp 443 10.0.0.0/16 updates"]);

  await stranger(24);
  const destroyed = await stack.destroy();
  expect(destroyed.printed).toMatch(
    /rules that are not of the exclusive set are left in place: tcp 24 to 10\.0\.0\.0\/8 \(sgr-\w+\)/,
  );
  expect(await textsOf(web)).toEqual(["tcp 24 10.0.0.0/8"]);
});

test("a policy is tried before it bites: strangers are named at preview, up and refresh, and are no change", async () => {
  await endpoint.client().send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: web,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }],
    }),
  );
  const tried = (strangers: Strangers) => async () => {
    new EgressPolicy("web", { securityGroup: web, allow: [allow.https("10.0.0.0/8")], strangers });
  };
  const named = /has rules that this set does not declare: .*tcp 22 to 10\.0\.0\.0\/8 \(sgr-\w+\)/;
  expect((await stack.preview(tried("report"))).printed).toMatch(named);
  expect((await stack.up(tried("report"))).printed).toMatch(named);
  const refreshed = await stack.refresh();
  expect(refreshed.printed).toMatch(named);
  expect(refreshed.changes).toEqual({ same: 3 });
  const again = await stack.up(tried("report"));
  expect(again.printed).toMatch(named);
  expect(again.changes).toEqual({ same: 3 });
  expect(await endpoint.rules(web)).toHaveLength(3);

  const refused = await stack.preview(tried("refuse"));
  expect(refused.ok).toBe(false);
  expect(refused.printed).toMatch(/tcp 22 to 10\.0\.0\.0\/8, of no stack/);
  expect(refused.printed).toContain("The set refuses what it does not declare");
  expect((await stack.up(tried("revoke"))).ok).toBe(true);
  expect(await textsOf(web)).toEqual(["tcp 443 10.0.0.0/8 HTTPS"]);
});

test("an exclusive set gives the default rule back where it is told to", async () => {
  await stack.up(program(many(3), { exclusive: true, onDestroy: "restoreDefault" }));
  await stack.destroy();
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0"]);
});

fullTest("what others have is left alone, and is an error where it is wanted", async () => {
  const taken = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.0.0.0/16" }] };
  await endpoint
    .client()
    .send(new AuthorizeSecurityGroupEgressCommand({ GroupId: web, IpPermissions: [taken] }));
  const refused = await stack.up(program([tcp(443, "10.0.0.0/16"), tcp(80, "10.0.0.0/16")]));
  expect(refused.ok).toBe(false);
  expect(refused.printed).toMatch(/sgr-\w+, tcp 443 to 10.0.0.0\/16, of no stack/);
  expect(refused.printed).toContain("set adopt: true");
  expect(await textsOf(web)).toHaveLength(2);

  await stack.up(program([tcp(443, "10.0.0.0/16"), tcp(80, "10.0.0.0/16")], { adopt: true }));
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0", "tcp 443 10.0.0.0/16", "tcp 80 10.0.0.0/16"]);
  await stack.destroy();
  expect(await textsOf(web)).toEqual(["-1 -1 0.0.0.0/0"]);
});

fullTest("a second stack's rules are named, and not revoked, by an exclusive set", async () => {
  const other = await makeStack(endpoint, { project: "pay", name: "prod" });
  try {
    await other.up(async () => {
      new EgressRule("ssh", { securityGroupId: web, ...tcp(22, "10.0.0.0/8") });
    });
    const refused = await stack.up(program(many(2), { exclusive: true }));
    expect(refused.ok).toBe(false);
    expect(refused.printed).toContain('tcp 22 to 10.0.0.0/8, of the stack "pay/prod"');
    expect(await textsOf(web)).toHaveLength(2);
    await other.destroy();
  } finally {
    await other.remove();
  }
});

fullTest("one program cannot give a group to two, nor a rule, and each is named", async () => {
  const exclusiveBeside = (other: () => void) => async () => {
    new EgressRuleSet("all", { securityGroupId: web, exclusive: true, rules: many(2) });
    other();
  };
  const ssh = await stack.preview(
    exclusiveBeside(() => new EgressRule("ssh", { securityGroupId: web, ...tcp(22, "10.0.0.0/8") })),
  );
  expect(ssh.ok).toBe(false);
  expect(ssh.printed).toMatch(
    /EgressRuleSet::all has sg-\w+ to itself \(by exclusive or strangers\), and urn:\S+EgressRule::ssh/,
  );
  const second = await stack.preview(
    exclusiveBeside(() => new EgressRuleSet("second", { securityGroupId: web, exclusive: true, rules: [] })),
  );
  // The engine checks resources in any order: either may be the one that is refused.
  expect(second.printed).toMatch(
    /EgressRuleSet::(all|second)\S* has sg-\w+ to itself.*EgressRuleSet::(?!\1)(all|second)/,
  );

  const same = await stack.preview(async () => {
    new EgressRule("https", { securityGroupId: web, ...tcp(443, "10.1.9.9/16", { silence: ["hostBits"] }) });
    new EgressRuleSet("all", { securityGroupId: web, rules: many(2) });
  });
  expect(same.printed).toMatch(
    /EgressRule(Set::all|::https) is the same rule as urn:\S+EgressRule(?!\1)(Set::all|::https), tcp 443 to/,
  );
});

test("also where only Outputs tell that it is one group, and of what kind the resources are", async () => {
  const beside = (more: Partial<EgressRuleSetArgs>) => async () => {
    new EgressRuleSet("all", { securityGroupId: pulumi.output(web), rules: many(2), ...more });
    new EgressRule("https", { securityGroupId: pulumi.output(web), ...tcp(443, "10.1.0.0/16") });
  };
  const same = await stack.preview(beside({}));
  expect(same.ok).toBe(false);
  expect(same.printed).toMatch(/urn:\S+ is the same rule as urn:\S+, tcp 443 to 10\.1\.0\.0\/16 on sg-/);
  const exclusive = await stack.preview(beside({ exclusive: true, rules: [] }));
  expect(exclusive.printed).toMatch(/EgressRuleSet::all has sg-\w+ to itself/);
});

test("all that is wrong with a set is told at once, with the place of each rule", async () => {
  const rules = [tcp(443, "10.0.0.0"), tcp(443, "10.0.0.0/16", { description: "Büro" })];
  const { ok, printed } = await stack.preview(
    program([...rules, tcp(1, "10.0.0.0/8"), tcp(1, "10.9.9.9/8", { description: "other" })]),
  );
  expect(ok).toBe(false);
  expect(printed).toContain('has a problem: rules[0].cidrIpv4 "10.0.0.0" has no prefix length');
  expect(printed).toContain('"Büro" contains');
  expect(printed).toContain(
    "rules[3] is the same rule as rules[2], tcp 1 to 10.0.0.0/8, with another description",
  );
});
