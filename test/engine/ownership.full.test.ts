import { EgressRule } from "../../index";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { LAN } from "./lan";
import { newStack } from "./newStack";

let web: string;
let database: string;

beforeEach(async () => {
  [web, database] = (await endpoint.makeNetwork()).groupIds;
});
afterEach(() => endpoint.deny([]));

test("a forced replacement keeps the rule", async () => {
  const stack = await newStack();
  const program = async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN });
  };
  await stack.up(program);
  const [resource] = await stack.resources();
  const replaced = await stack.up(program, { replace: [resource?.urn ?? ""] });
  expect(replaced.changes).toMatchObject({ replace: 1 });
  expect(await declaredRules(web)).toHaveLength(1);
  expect((await stack.refresh()).changes).toEqual({ same: 2 });
  expect((await stack.up(program)).changes).toEqual({ same: 2 });
  await stack.destroy();
  expect(await declaredRules(web)).toEqual([]);
});

test("adopt with a rule's id may stay in the program, even when the rule is replaced", async () => {
  const [ours, theirs] = [await newStack(), await newStack({ name: "prod", project: "other" })];
  await theirs.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN });
  });
  const id = (await declaredRules(web))[0]?.SecurityGroupRuleId ?? "";
  await ours.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN, adopt: id });
  });
  const replaced = await ours.up(async () => {
    const { cidrIpv4: _, ...lan } = LAN;
    new EgressRule("to-lan", {
      securityGroupId: web,
      ...lan,
      referencedSecurityGroupId: database,
      adopt: id,
    });
  });
  expect(replaced.changes).toMatchObject({ replace: 1 });
  expect(await declaredRules(web)).toMatchObject([{ ReferencedGroupInfo: { GroupId: database } }]);
});

test("a rule that another stack has taken over is gone at refresh, and the next up names the owner", async () => {
  const program = (adopt?: string) => async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN, ...(adopt !== undefined && { adopt }) });
  };
  const [ours, theirs] = [await newStack(), await newStack({ name: "prod", project: "other" })];
  await ours.up(program());
  await theirs.up(program((await declaredRules(web))[0]?.SecurityGroupRuleId));
  expect((await ours.refresh()).changes).toMatchObject({ delete: 1 });
  const refused = await ours.up(program());
  expect(refused.ok).toBe(false);
  expect(refused.printed).toContain('claimed by the stack "other/prod"');
  expect((await ours.destroy()).ok).toBe(true);
  expect(await declaredRules(web)).toHaveLength(1);
});

test("retainOnDelete leaves the rule in EC2", async () => {
  const stack = await newStack();
  await stack.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN }, { retainOnDelete: true });
  });
  await endpoint.reset();
  expect((await stack.destroy()).ok).toBe(true);
  expect(await endpoint.count()).toEqual({});
  expect(await declaredRules(web)).toHaveLength(1);
});

test("two stacks: the second learns who owns the rule, and takes it over only by its id", async () => {
  const program = (adopt: boolean | string) => async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN, adopt });
  };
  const [ours, theirs] = [await newStack(), await newStack({ name: "prod", project: "other" })];
  await theirs.up(program(false));
  const [rule] = await declaredRules(web);
  const id = rule?.SecurityGroupRuleId ?? "";

  const refused = await ours.up(program(true));
  expect(refused.ok).toBe(false);
  expect(refused.printed).toContain('claimed by the stack "other/prod"');
  expect(refused.printed).toContain(`adopt: "${id}"`);

  expect((await ours.up(program(id))).ok).toBe(true);
  expect((await theirs.destroy()).ok).toBe(true);
  expect(await declaredRules(web)).toHaveLength(1);
  expect((await ours.destroy()).ok).toBe(true);
  expect(await declaredRules(web)).toEqual([]);
});

test("without ownership, creates, updates and deletes work the same, without a claim", async () => {
  const stack = await newStack({ config: { "aws-egress:ownership": "false" } });
  await stack.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN });
  });
  const [rule] = await declaredRules(web);
  expect(rule?.Tags ?? []).toEqual([]);
  expect((await stack.refresh()).changes).toEqual({ same: 2 });
  await stack.destroy();
  expect(await declaredRules(web)).toEqual([]);
});
