import * as pulumi from "@pulumi/pulumi";
import {
  EgressRule,
  EgressRuleSet,
  type EgressRuleSetArgs,
  type RuleArgs,
  type SetRuleArgs,
} from "../../index";
import { endpoint } from "../world";
import { newStack } from "./newStack";
import { makeStack, type TestStack } from "./stack";

let stack: TestStack;
let web: string;
let other: string;

beforeEach(async () => {
  [web, other] = (await endpoint.makeNetwork()).groupIds;
  stack = await newStack();
});
afterEach(() => endpoint.deny([]));

const tcp = (port: number, cidrIpv4: pulumi.Input<string>, more: Partial<RuleArgs> = {}): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4,
  ...more,
});
const program =
  (
    rules: readonly SetRuleArgs[],
    more: Partial<EgressRuleSetArgs> = {},
    opts: pulumi.CustomResourceOptions = {},
  ) =>
  async () => {
    new EgressRuleSet("web", { securityGroupId: web, rules, ...more }, opts);
  };

test("a preview says what is known of rules to what is still to be made, and `up` makes them", async () => {
  const all = async () => {
    const first = new EgressRuleSet("first", { securityGroupId: other, rules: [tcp(1, "10.0.0.0/8")] });
    const database = first.id.apply(() => other);
    const { rules, ruleIds } = new EgressRuleSet("web", {
      securityGroupId: first.id.apply(() => web),
      rules: [
        tcp(443, "10.0.0.0/8"),
        tcp(
          80,
          first.id.apply(() => "10.0.0.0/8"),
        ),
        tcp(444, "10.0.0.0/8", { description: first.id.apply(() => "later") }),
        { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: database },
        { ipProtocol: "tcp", fromPort: 6379, toPort: 6379, referencedSecurityGroupId: database },
      ],
    });
    return { rules, ruleIds };
  };
  const { printed } = await stack.preview(all);
  expect(printed).toMatch(/tcp 443 to 10\.0\.0\.0\/8 +: \{\}/);
  expect(printed).toMatch(/tcp 444 to 10\.0\.0\.0\/8 +: \[unknown\]/);
  for (const port of [80, 5432, 6379]) {
    expect(printed).toMatch(new RegExp(`tcp ${port} to a destination not yet known *: \\[unknown\\]`));
  }
  // The outputs of the program.
  expect(printed).toMatch(/ruleIds: \[unknown\]\n +rules +: \[unknown\]/);

  const { outputs } = await stack.up(all);
  expect(Object.keys(Object(outputs.rules))).toEqual([
    "tcp 443 to 10.0.0.0/8",
    "tcp 444 to 10.0.0.0/8",
    `tcp 5432 to ${other}`,
    `tcp 6379 to ${other}`,
    "tcp 80 to 10.0.0.0/8",
  ]);
  expect(Object.keys(Object(outputs.ruleIds))).toEqual(Object.keys(Object(outputs.rules)));
  expect((await stack.preview(all)).changes).toEqual({ same: 3 });
});

test("what is secret stays so in state, through a refresh too; ids are in the open where rules are", async () => {
  const rules = () => [
    tcp(443, "10.1.0.0/16", { description: pulumi.secret("hush"), tags: { Team: pulumi.secret("hidden") } }),
  ];
  const all = async () => {
    new EgressRuleSet("web", { securityGroupId: web, rules: rules() });
    const to = { securityGroupId: other, rules: [tcp(443, pulumi.secret("10.77.0.0/16"))] };
    return { ids: new EgressRuleSet("to", to).ruleIds };
  };
  expect((await stack.preview(all)).printed).toMatch(/ids: \[(unknown|secret)\]/);
  const { printed } = await stack.up(all);
  expect(printed).toMatch(/rules +: \[secret\]/);
  await stack.refresh();
  await stack.up(all);
  const state = await stack.state();
  for (const secret of ["hush", "hidden", "10.77."]) expect(state).not.toContain(secret);
  expect(state).toMatch(/"ruleIds":\{"tcp 443 to 10\.1\.0\.0\/16":"sgr-/);
});

test("a transform that gives tags to every resource gives them to the rules of a set, and is no change again", async () => {
  const tagged: pulumi.ResourceTransform = async ({ props, opts }) => ({
    props: { ...props, tags: { ...props.tags, Team: "web" } },
    opts,
  });
  const rules = [tcp(443, "10.0.0.0/8"), tcp(80, "10.0.0.0/8", { tags: { Team: "db" } })];
  const all = program(rules, {}, { transforms: [tagged] });
  await stack.up(all);
  const teams = async () =>
    (await endpoint.rules(web)).flatMap(({ FromPort, Tags = [] }) =>
      Tags.filter(({ Key }) => Key === "Team").map(({ Value }) => `${FromPort} ${Value}`),
    );
  expect((await teams()).sort()).toEqual(["443 web", "80 db"]);
  expect((await stack.preview(all)).changes).toEqual({ same: 2 });
});

test("tags of a set that are secret stay so in state, where one of its rules still has another, too", async () => {
  const all = (zone: string) => async () => {
    const tags = { Zone: pulumi.secret(zone) };
    new EgressRuleSet("web", { securityGroupId: web, rules: [tcp(443, "10.0.0.0/8")], tags });
  };
  await stack.up(all("hidden-one"));
  await endpoint.deny(["CreateTags"]);
  const { printed } = await stack.up(all("hidden-two"));
  expect(printed).toContain("UnauthorizedOperation");
  for (const text of [printed, await stack.state()]) expect(text).not.toContain("hidden");
});

test("sixty rules with descriptions take less than 500 bytes each in state", async () => {
  const rules = (count: number) =>
    Array.from({ length: count }, (_, place) =>
      tcp(443, `10.${100 + place}.0.0/16`, { description: `to the office number ${100 + place}` }),
    );
  await stack.up(program([]));
  const empty = (await stack.state()).length;
  await stack.up(program(rules(59)));
  const bytes = ((await stack.state()).length - empty) / 59;
  expect(bytes).toBeLessThan(500);
});

test("changes that a program ignores change nothing, and the rest of the set is still updated", async () => {
  await stack.up(program([tcp(443, "10.0.0.0/8")]));
  const ignoring = program([tcp(80, "10.0.0.0/8")], { exclusive: true }, { ignoreChanges: ["rules"] });
  expect((await stack.up(ignoring)).changes).toMatchObject({ update: 1 });
  expect(await endpoint.rules(web)).toMatchObject([{ FromPort: 443 }]);
  expect((await stack.up(ignoring)).changes).toEqual({ same: 2 });
});

test("a set that is read has all rules of the group, and still has them after a refresh", async () => {
  await stack.up(async () => {
    new EgressRuleSet("web", { securityGroupId: web, rules: [tcp(443, "10.0.0.0/8")] });
    new EgressRule("ssh", { securityGroupId: web, ...tcp(22, "10.0.0.0/8") });
  });
  const reader = await makeStack(endpoint, { name: "reader" });
  try {
    const read = async () => ({ rules: EgressRuleSet.get("web", web).rules });
    const rules = { "all traffic to 0.0.0.0/0": {}, "tcp 22 to 10.0.0.0/8": {}, "tcp 443 to 10.0.0.0/8": {} };
    expect((await reader.up(read)).outputs).toEqual({ rules });
    expect((await reader.refresh()).changes).toEqual({ same: 2 });
    await reader.destroy();
    expect(await endpoint.rules(web)).toHaveLength(3);
  } finally {
    await reader.remove();
  }
});
