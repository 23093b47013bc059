import type * as pulumi from "@pulumi/pulumi";
import { AllowPostgresOut, allow, EgressPolicy, EgressRule, EgressRuleSet } from "../../index";
import { fullTest, rowsOf } from "../fullTest";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { MadeGroup } from "./madeGroup";
import { MadeList } from "./madeList";
import { newStack } from "./newStack";

// A referenced group is replaced, as `@pulumi/aws` does for another description: a named group must be unique,
// so the old one is deleted first.

const POSTGRES = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };

type Lead = (securityGroup: string, database: pulumi.Resource & { id: pulumi.Output<string> }) => void;

const FORMS: { readonly [form: string]: Lead } = {
  rule: (securityGroupId, { id }) =>
    new EgressRule("rule", { securityGroupId, ...POSTGRES, referencedSecurityGroupId: id }),
  component: (securityGroup, database) =>
    new AllowPostgresOut("component", { securityGroup, to: [database] }),
  output: (securityGroup, { id }) =>
    new AllowPostgresOut("output", { securityGroup, to: id.apply((one) => one) }),
  set: (securityGroupId, { id }) =>
    new EgressRuleSet("set", { securityGroupId, rules: [{ ...POSTGRES, referencedSecurityGroupId: id }] }),
  policy: (securityGroup, database) =>
    new EgressPolicy("policy", { securityGroup, allow: [allow.postgres([database])] }),
};

test.each(rowsOf([true, false], (isDeletedBefore) => isDeletedBefore))(
  "rules follow a replaced group; deleted before: %s",
  async (deleteBeforeReplace) => {
    const { vpcId } = await endpoint.makeNetwork();
    const groups = await endpoint.makeGroups(Object.keys(FORMS).length);
    const stack = await newStack();
    const program = (description: string) => async () => {
      const { url } = endpoint;
      const database = new MadeGroup("database", { url, vpcId, description, deleteBeforeReplace });
      for (const [place, lead] of Object.values(FORMS).entries()) lead(groups[place] ?? "", database);
      return { database: database.id };
    };
    const leadTo = async () => {
      const rules = await Promise.all(groups.map((group) => declaredRules(group)));
      return rules.map((ofGroup) => ofGroup.map(({ ReferencedGroupInfo: to }) => to?.GroupId));
    };
    const made = await stack.up(program("one"));
    expect(await leadTo()).toEqual(groups.map(() => [made.outputs.database]));

    expect(await stack.preview(program("other"))).toMatchObject({ ok: true });
    await endpoint.reset();
    const replaced = await stack.up(program("other"));
    if (!replaced.ok) throw new Error(replaced.printed);
    expect(replaced.outputs.database).not.toBe(made.outputs.database);
    expect(await leadTo()).toEqual(groups.map(() => [replaced.outputs.database]));
    const actions = (await endpoint.calls()).map(({ action }) => action);
    const [deleted, authorized] = ["DeleteSecurityGroup", "AuthorizeSecurityGroupEgress"].map((one) =>
      actions.indexOf(one),
    );
    expect((deleted ?? 0) < (authorized ?? 0)).toBe(deleteBeforeReplace);
    expect((await stack.preview(program("other"))).changes).toEqual({ same: Object.keys(FORMS).length + 5 });
    expect((await stack.destroy()).ok).toBe(true);
  },
);

fullTest("rules leave a prefix list before it is deleted, and then use its successor", async () => {
  const [single = "", ofSet = "", ofComponent = ""] = await endpoint.makeGroups(3);
  const stack = await newStack();
  const program = (listName: string) => async () => {
    const { id: prefixListId } = new MadeList("offices", { url: endpoint.url, listName });
    new EgressRule("rule", { securityGroupId: single, ...POSTGRES, prefixListId });
    new EgressRuleSet("set", { securityGroupId: ofSet, rules: [{ ...POSTGRES, prefixListId }] });
    new AllowPostgresOut("component", { securityGroup: ofComponent, to: [prefixListId] });
    return { list: prefixListId };
  };
  const leadTo = async () => {
    const rules = await Promise.all([single, ofSet, ofComponent].map((group) => declaredRules(group)));
    return rules.map((ofGroup) => ofGroup.map(({ PrefixListId }) => PrefixListId));
  };
  const made = await stack.up(program("one"));
  if (!made.ok) throw new Error(made.printed);

  await endpoint.reset();
  const replaced = await stack.up(program("other"));
  if (!replaced.ok) throw new Error(replaced.printed);
  expect(replaced.outputs.list).not.toBe(made.outputs.list);
  expect(await leadTo()).toEqual(Array(3).fill([replaced.outputs.list]));
  const actions = (await endpoint.calls()).map(({ action }) => action);
  const deleted = actions.indexOf("DeleteManagedPrefixList");
  expect(actions.lastIndexOf("RevokeSecurityGroupEgress")).toBeLessThan(deleted);
  expect(deleted).toBeLessThan(actions.indexOf("AuthorizeSecurityGroupEgress"));
  expect((await stack.destroy()).ok).toBe(true);
});
