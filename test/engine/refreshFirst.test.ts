import { CreateTagsCommand } from "@aws-sdk/client-ec2";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EgressRule, EgressRuleSet } from "../../index";
import { fullTest, rowsOf } from "../fullTest";
import { endpoint } from "../world";
import { type DestroyOptions, makeStack, type TestStack } from "./stack";

const RULE = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" };

let stack: TestStack;
let groups: readonly string[];

afterEach(async () => stack?.remove());

const nothing: PulumiFn = async () => {};
const program: PulumiFn = async () => {
  const [web = "", database = ""] = groups;
  new EgressRule("single", { securityGroupId: web, ...RULE });
  new EgressRuleSet("set", { securityGroupId: database, rules: [RULE] });
};

/** How many rules each group has, beside the one that EC2 gives it. */
async function counts(): Promise<number[]> {
  const found = await Promise.all(groups.map((group) => endpoint.rules(group)));
  return found.map((rules) => rules.filter(({ IpProtocol }) => IpProtocol !== "-1").length);
}

async function start(ownership: string): Promise<void> {
  stack = await makeStack(endpoint, { config: { "aws-egress:ownership": ownership } });
  groups = (await endpoint.makeNetwork()).groupIds.slice(0, 2);
  await stack.up(program);
  expect(await counts()).toEqual([1, 1]);
}

const WAYS: readonly DestroyOptions[] = rowsOf(
  [{ refresh: true }, { refresh: true, runProgram: true }, { runProgram: true }],
  ({ runProgram }) => !runProgram,
);

// A refresh compares what it has read with the state, as if it were declared, and the run goes on with that provider.
describe.each(rowsOf(["true", "false"], (ownership) => ownership === "true"))(
  "with aws-egress:ownership %s, rules go",
  (ownership) => {
    beforeEach(() => start(ownership));

    test.each(WAYS)("with the stack: %j", async (options) => {
      expect(await stack.destroy(options)).toMatchObject({ ok: true });
      expect(await counts()).toEqual([0, 0]);
      expect(await stack.resources()).toEqual([]);
    });

    test.each(WAYS.filter(({ refresh }) => refresh))(
      "when the program has them no more: %j",
      async (options) => {
        expect(await stack.up(nothing, options)).toMatchObject({ ok: true });
        expect(await counts()).toEqual([0, 0]);
        expect(await stack.resources()).toEqual([]);
      },
    );
  },
);

fullTest("rules that are to be replaced after a refresh are there once when all is done", async () => {
  await start("true");
  const replace = (await stack.resources()).map(({ urn }) => urn);
  expect(await stack.up(program, { refresh: true, replace })).toMatchObject({ ok: true });
  expect(await counts()).toEqual([1, 1]);
});

test("a refresh that finds a change asks for no right to undo it, with aws-egress:preflight", async () => {
  await start("true");
  await stack.configure({ "aws-egress:preflight": "true" });
  const rules = (await Promise.all(groups.map((group) => endpoint.rules(group)))).flat();
  const Resources = rules.flatMap(({ IpProtocol, SecurityGroupRuleId: id }) =>
    IpProtocol === "-1" || id === undefined ? [] : [id],
  );
  const Tags = [{ Key: "Team", Value: "by hand" }];
  await endpoint.client().send(new CreateTagsCommand({ Resources, Tags }));
  await endpoint.deny(["CreateTags", "DeleteTags"]);
  try {
    await endpoint.reset();
    const ran = await stack.refresh();
    expect(Object.keys(await endpoint.count())).toEqual(["DescribeSecurityGroupRules"]);
    expect(ran.printed).not.toContain("preflight of");
    expect(ran).toMatchObject({ ok: true, changes: { update: 2 } });
    expect((await stack.preview(program)).printed).toContain("Allow ec2:DeleteTags");
  } finally {
    await endpoint.deny([]);
  }
});
