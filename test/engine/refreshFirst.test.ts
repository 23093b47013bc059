import { CreateTagsCommand } from "@aws-sdk/client-ec2";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EgressRule, EgressRuleSet } from "../../index";
import { fullTest, rowsOf } from "../fullTest";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { LAN } from "./lan";
import { newStack } from "./newStack";
import type { DestroyOptions, TestStack } from "./stack";

let stack: TestStack;
let groups: readonly string[];

const nothing: PulumiFn = async () => {};
const program: PulumiFn = async () => {
  const [web = "", database = ""] = groups;
  new EgressRule("single", { securityGroupId: web, ...LAN });
  new EgressRuleSet("set", { securityGroupId: database, rules: [LAN] });
};

/** How many rules each group has, beside its initial one. */
async function counts(): Promise<number[]> {
  const found = await Promise.all(groups.map((group) => declaredRules(group)));
  return found.map(({ length }) => length);
}

async function start(ownership: string): Promise<void> {
  stack = await newStack({ config: { "aws-egress:ownership": ownership } });
  groups = (await endpoint.makeNetwork()).groupIds.slice(0, 2);
  await stack.up(program);
  expect(await counts()).toEqual([1, 1]);
}

const WAYS: readonly DestroyOptions[] = rowsOf(
  [{ refresh: true }, { refresh: true, runProgram: true }, { runProgram: true }],
  ({ runProgram }) => !runProgram,
);

// A refresh compares what it reads with the state, as if declared, and the run continues with that provider.
describe.each(rowsOf(["true", "false"], (ownership) => ownership === "true"))(
  "with aws-egress:ownership %s, rules are deleted",
  (ownership) => {
    beforeEach(() => start(ownership));

    test.each(WAYS)("with the stack: %j", async (options) => {
      expect(await stack.destroy(options)).toMatchObject({ ok: true });
      expect(await counts()).toEqual([0, 0]);
      expect(await stack.resources()).toEqual([]);
    });

    test.each(WAYS.filter(({ refresh }) => refresh))(
      "when the program no longer has them: %j",
      async (options) => {
        expect(await stack.up(nothing, options)).toMatchObject({ ok: true });
        expect(await counts()).toEqual([0, 0]);
        expect(await stack.resources()).toEqual([]);
      },
    );
  },
);

fullTest("rules that are replaced after a refresh exist once at the end", async () => {
  await start("true");
  const replace = (await stack.resources()).map(({ urn }) => urn);
  expect(await stack.up(program, { refresh: true, replace })).toMatchObject({ ok: true });
  expect(await counts()).toEqual([1, 1]);
});

test("with aws-egress:preflight, a refresh that finds a change needs no permission to undo it", async () => {
  await start("true");
  await stack.configure({ "aws-egress:preflight": "true" });
  const rules = (await Promise.all(groups.map((group) => declaredRules(group)))).flat();
  const Resources = rules.flatMap(({ SecurityGroupRuleId: id }) => (id === undefined ? [] : [id]));
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

fullTest("aws:ignoreTags leaves other tools' tags in place", async () => {
  await start("true");
  await stack.configure({ "aws:ignoreTags": JSON.stringify({ keyPrefixes: ["cost:"] }) });
  const rules = (await Promise.all(groups.map((group) => declaredRules(group)))).flat();
  const Resources = rules.flatMap(({ SecurityGroupRuleId: id }) => (id === undefined ? [] : [id]));
  const Tags = [{ Key: "cost:center", Value: "web" }];
  await endpoint.client().send(new CreateTagsCommand({ Resources, Tags }));
  await endpoint.reset();
  expect(await stack.up(program, { refresh: true })).toMatchObject({ ok: true, changes: { same: 3 } });
  expect(Object.keys(await endpoint.count())).toEqual(["DescribeSecurityGroupRules"]);
});
