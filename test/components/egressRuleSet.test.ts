import * as pulumi from "@pulumi/pulumi";
import {
  EgressRule,
  EgressRuleSet,
  type EgressRuleSetArgs,
  type RuleArgs,
  type SetRuleArgs,
} from "../../index";
import { makeEgressRule } from "../../provider/handlers/egressRule";
import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { sharedHost } from "../../provider/handlers/host";
import { UNKNOWN } from "../../provider/rule/unknown";
import { handlerOf } from "../handlers/handler";
import { mockPulumi, type Registered, resolved } from "./mocks";

const WEB = "sg-0123456789abcdef0";

const tcp = (port: number, cidrIpv4: pulumi.Input<string>, more: Partial<RuleArgs> = {}): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4,
  ...more,
});
const set = (name: string, rules: readonly SetRuleArgs[], more: Partial<EgressRuleSetArgs> = {}) =>
  new EgressRuleSet(name, { securityGroupId: WEB, rules, ...more });

/** The registrations of a program that creates resources in a stack and waits for nothing. */
async function registeredBy(program: () => pulumi.Resource[]): Promise<Registered[]> {
  const registered = await mockPulumi();
  let made: pulumi.Resource[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    made = program();
  });
  for (const resource of made) await resolved(resource.urn);
  return registered;
}

/**
 * The reason for each refused resource.
 *
 * @param more overrides the program's inputs to the checks
 */
async function refusals(program: () => pulumi.Resource[], more: object = {}): Promise<string[]> {
  const shared = sharedHost();
  const config = { "aws:region": "us-east-1" };
  const rules = handlerOf(config, makeEgressRule(shared));
  const sets = handlerOf(config, makeEgressRuleSet(shared));
  const refused: string[] = [];
  for (const { type, inputs } of await registeredBy(program)) {
    if (!type.includes("dynamic")) continue;
    const handler = type.endsWith(":EgressRuleSet") ? sets : rules;
    // With a state, so that no check asks EC2 for the group's rules.
    const { failures } = await handler.check({ securityGroupId: WEB }, { ...inputs, ...more });
    refused.push(...failures.map(({ reason }) => reason));
  }
  return refused;
}

test("accepts group resources, both as its group and as destinations, and shares one set of arguments", async () => {
  const web = { id: pulumi.output(WEB) };
  const database = { id: pulumi.output("sg-0123456789abcdef1") };
  const rule = { ipProtocol: "tcp", fromPort: 1, toPort: 1, referencedSecurityGroupId: database };
  const args = { securityGroupId: web, rules: [{ ...rule, silence: ["smtp"] } satisfies SetRuleArgs] };
  const registered = await registeredBy(() => [
    new EgressRuleSet("one", args),
    new EgressRuleSet("two", args),
  ]);
  const sets = registered.filter(({ type }) => type.endsWith(":EgressRuleSet"));
  expect(sets.map(({ inputs }) => inputs)).toMatchObject(
    ["one", "two"].map(() => ({
      securityGroupId: WEB,
      rules: [{ referencedSecurityGroupId: "sg-0123456789abcdef1" }],
      owner: "shop/test",
    })),
  );
  expect(sets[0]?.inputs.rules).not.toMatchObject([{ silence: expect.anything() }]);
});

test("rules may be an Output that holds group resources", async () => {
  const database = { id: pulumi.output("sg-0123456789abcdef1") };
  const rules = pulumi.output("10.0.0.0/16").apply((cidrIpv4): SetRuleArgs[] => [
    { ...tcp(1, cidrIpv4), silence: ["smtp"] },
    { ipProtocol: "tcp", fromPort: 2, toPort: 2, referencedSecurityGroupId: database },
  ]);
  const registered = await registeredBy(() => [new EgressRuleSet("web", { securityGroupId: WEB, rules })]);
  expect(registered.find(({ type }) => type.endsWith(":EgressRuleSet"))?.inputs.rules).toEqual([
    { ipProtocol: "tcp", fromPort: 1, toPort: 1, cidrIpv4: "10.0.0.0/16" },
    { ipProtocol: "tcp", fromPort: 2, toPort: 2, referencedSecurityGroupId: "sg-0123456789abcdef1" },
  ]);
});

test("a destination that only an Output resolves neither fails nor warns", async () => {
  const cidr = pulumi.output("10.0.0.0/8");
  expect(
    await refusals(() => [
      set("one", [tcp(443, cidr), tcp(443, pulumi.output("10.0.0.0/8")), tcp(443, "0.0.0.0/0")]),
      new EgressRule("https", { securityGroupId: WEB, ...tcp(80, cidr) }),
    ]),
  ).toEqual([]);
});

describe("a conflict between resources is refused at the check of one of them", () => {
  const ssh = () => new EgressRule("ssh", { securityGroupId: WEB, ...tcp(22, "10.0.0.0/8") });
  const locked = (name: string, rules: readonly SetRuleArgs[] = []) => set(name, rules, { exclusive: true });

  test.each<[string, () => pulumi.Resource[], RegExp]>([
    [
      "a rule beside an exclusive set",
      () => [locked("all"), ssh()],
      /EgressRuleSet::all has sg-\w+ to itself \(exclusive or strangers\), but urn:\S+EgressRule::ssh declares rules on it/,
    ],
    [
      "an exclusive set beside a rule",
      () => [ssh(), locked("all")],
      /EgressRuleSet::all has .*::ssh declares/,
    ],
    [
      "a rule beside a set that refuses strangers",
      () => [set("all", [], { strangers: "refuse" }), ssh()],
      /::all has sg-\w+ to itself \(exclusive or strangers\), but urn:\S+EgressRule::ssh declares rules on it/,
    ],
    ["a second exclusive set", () => [locked("all"), locked("more")], /::more has .*::all declares rules/],
    [
      "the rule of another resource, in another spelling",
      () => [ssh(), set("all", [tcp(1, "10.0.0.0/8"), tcp(22, "10.9.9.9/8", { ipProtocol: 6 })])],
      /EgressRuleSet::all is a duplicate of urn:\S+EgressRule::ssh, tcp 22 to 10\.0\.0\.0\/8 on sg-\w+: remove one of the two/,
    ],
    [
      "more than the quota, taken together",
      () => [
        ssh(),
        set(
          "all",
          Array.from({ length: 60 }, (_, number) => tcp(443, `10.${number}.0.0/16`)),
        ),
      ],
      /sg-\w+ would exceed its quota of 60 outbound rules: this program declares 61 for IPv4/,
    ],
  ])("%s", async (_, program, text) => {
    expect(await refusals(program)).toEqual([expect.stringMatching(text)]);
  });

  test("rules of other groups and duplicates within a set do not count", async () => {
    const elsewhere = { securityGroupId: "sg-0123456789abcdef1" };
    const twice = [tcp(22, "10.0.0.0/8"), tcp(22, "10.0.0.0/8")];
    expect(await refusals(() => [set("all", [], { strangers: "report" }), ssh()])).toEqual([]);
    expect(await refusals(() => [locked("all", twice), set("there", twice, elsewhere)])).toEqual([]);
  });

  test("an exclusive set on a group that does not exist yet, recognized by the Output", async () => {
    const group = pulumi.output({ id: WEB });
    const program = () => [
      set("all", [], { securityGroupId: group.id, exclusive: true }),
      set("more", [tcp(1, "10.0.0.0/8")], { securityGroupId: pulumi.output("sg-0123456789abcdef1") }),
    ];
    expect(await refusals(program, { securityGroupId: UNKNOWN })).toEqual([]);
    const { id } = group;
    const same = () => [
      set("all", [], { securityGroupId: id, exclusive: true }),
      set("more", [tcp(1, "10.0.0.0/8")], { securityGroupId: id }),
    ];
    expect(await refusals(same, { securityGroupId: UNKNOWN })).toEqual([
      expect.stringMatching(/::all has its security group to itself/),
    ]);
  });
});

test("a bad rule is reported with its position, beside the bad rules of others", async () => {
  const registered = await registeredBy(() => [
    set("web", [tcp(1, "10.0.0.0/8"), tcp(2, "10.0.0.0")]),
    new EgressRule("bad", { securityGroupId: WEB, ...tcp(70000, "10.0.0.0/8") }),
  ]);
  const [, bad] = registered.filter(({ type }) => type.includes("dynamic"));
  const { alsoWrong }: { alsoWrong?: unknown } = Object(bad?.inputs.__program);
  expect(alsoWrong).toContain('EgressRuleSet "web": rules[1].cidrIpv4 "10.0.0.0" has no prefix length');
});
