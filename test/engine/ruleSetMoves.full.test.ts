import type * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet, type EgressRuleSetArgs, type SetRuleArgs } from "../../index";
import { endpoint } from "../world";
import { newStack } from "./newStack";
import type { TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeEach(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
  stack = await newStack();
});

const RULES: readonly SetRuleArgs[] = [443, 80].map((port) => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4: "10.0.0.0/16",
}));

const set =
  (name: string, more: Partial<EgressRuleSetArgs> = {}, opts: pulumi.CustomResourceOptions = {}) =>
  async () => {
    new EgressRuleSet(name, { securityGroupId: web, rules: RULES, ...more }, opts);
  };

const singles =
  (more: { adopt?: boolean } = {}) =>
  async () => {
    for (const rule of RULES)
      new EgressRule(`to-${rule.fromPort}`, { securityGroupId: web, ...rule, ...more });
  };

/** The ids of the declared rules. A rule revoked and created again would have another. */
async function ids(): Promise<string[]> {
  const rules = await endpoint.rules(web);
  return rules
    .flatMap(({ IpProtocol, SecurityGroupRuleId: id }) => (IpProtocol === "tcp" && id ? [id] : []))
    .sort();
}

test("single rules move into an exclusive set in one `up`, and out of it again, and are never deleted", async () => {
  const more = { exclusive: true, onDestroy: "restoreDefault" } as const;
  await stack.up(singles());
  const held = await ids();
  const into = await stack.up(set("web", more));
  expect(into.changes).toMatchObject({ create: 1, delete: 2 });
  expect(await ids()).toEqual(held);
  expect(await endpoint.rules(web)).toHaveLength(2);
  // Everything is as declared: nothing is left to do.
  await stack.refresh();
  expect((await stack.up(set("web", more))).changes).toEqual({ same: 2 });

  const out = await stack.up(singles({ adopt: true }));
  expect(out.changes).toMatchObject({ create: 2, delete: 1 });
  expect(await ids()).toEqual(held);
  expect(await endpoint.rules(web)).toHaveLength(2);
  await stack.destroy();
  expect(await ids()).toEqual([]);
});

test("a set is renamed, with and without aliases, and replaced by force, and its rules are never deleted", async () => {
  const more = { exclusive: true, onDestroy: "restoreDefault" } as const;
  await stack.up(set("web", more));
  const held = await ids();

  expect((await stack.up(set("shop", more, { aliases: [{ name: "web" }] }))).changes).toEqual({ same: 2 });
  expect((await stack.up(set("other", more))).changes).toMatchObject({ create: 1, delete: 1 });
  expect(await ids()).toEqual(held);

  const [{ urn } = { urn: "" }] = await stack.resources();
  expect((await stack.up(set("other", more), { replace: [urn] })).changes).toMatchObject({ replace: 1 });
  expect(await ids()).toEqual(held);
  expect(await endpoint.rules(web)).toHaveLength(2);
  await stack.destroy();
  expect(await endpoint.rules(web)).toMatchObject([{ IpProtocol: "-1" }]);
});

test("a rule and a set with the same name and group leave each other's rules alone", async () => {
  const alone = async () => {
    new EgressRule("web", {
      securityGroupId: web,
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv6: "::/0",
    });
  };
  const both = async () => {
    await alone();
    await set("web")();
  };
  await stack.up(alone);
  const [single] = await ids();
  expect((await stack.up(both)).changes).toMatchObject({ create: 1, same: 2 });
  expect(await ids()).toHaveLength(3);
  expect((await stack.up(alone)).changes).toMatchObject({ delete: 1, same: 2 });
  expect(await ids()).toEqual([single]);
});
