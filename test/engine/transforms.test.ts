import * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet } from "../../index";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { LaterGroup } from "./laterGroup";
import { newStack } from "./newStack";
import type { TestStack } from "./stack";

let stack: TestStack;
let web: string;

beforeAll(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
});
beforeEach(async () => {
  stack = await newStack();
});

const PORT_81 = { fromPort: 81, toPort: 81 };
const onPort81: pulumi.ResourceTransform = async ({ props, opts }) => ({
  props: { ...props, ...PORT_81 },
  opts,
});
const onPort81InProgram: pulumi.ResourceTransformation = ({ props, opts }) => ({
  props: { ...props, ...PORT_81 },
  opts,
});

describe("two rules that the program says alike are two where", () => {
  test.each<[what: string, one: pulumi.CustomResourceOptions, two: pulumi.CustomResourceOptions]>([
    ["a transform makes the second another", {}, { transforms: [onPort81] }],
    ["a transform makes the first another", { transforms: [onPort81] }, {}],
    ["a transformation makes one another", { transformations: [onPort81InProgram] }, {}],
  ])("%s, on a group to be made too", async (_, one, two) => {
    const ran = await stack.preview(async () => {
      const groups = [web, new LaterGroup("group", web).groupId];
      for (const [place, securityGroupId] of groups.entries()) {
        new EgressRule(`one-${place}`, { ...LAN, securityGroupId }, one);
        new EgressRule(`two-${place}`, { ...LAN, securityGroupId }, two);
      }
    });
    expect(ran.printed).not.toContain("is the same rule as");
    expect(ran.changes).toEqual({ create: 6 });
  });

  test("ignoreChanges leaves one as it was", async () => {
    const before = async () => {
      new EgressRule("one", { ...LAN, securityGroupId: web });
    };
    expect((await stack.up(before)).ok).toBe(true);
    const ran = await stack.preview(async () => {
      new EgressRule(
        "one",
        { ...LAN, ...PORT_81, securityGroupId: web },
        { ignoreChanges: ["fromPort", "toPort"] },
      );
      new EgressRule("two", { ...LAN, ...PORT_81, securityGroupId: web });
    });
    expect(ran.printed).not.toContain("is the same rule as");
    expect(ran.changes).toEqual({ create: 1, same: 2 });
  });
});

test("two rules that a transform of the stack makes alike are refused with both URNs, on a group to be made too", async () => {
  const ran = await stack.preview(async () => {
    pulumi.runtime.registerResourceTransform(async (resource) =>
      resource.type.endsWith(":EgressRule") ? onPort81(resource) : undefined,
    );
    const { groupId: securityGroupId } = new LaterGroup("group", web);
    new EgressRule("one", { ...LAN, securityGroupId });
    new EgressRule("two", { ...LAN, ...PORT_81, securityGroupId });
  });
  expect(ran.ok).toBe(false);
  expect(ran.printed).toMatch(
    /EgressRule::(one|two) is the same rule as urn:\S+EgressRule::(one|two), tcp 81 to 10\.0\.0\.0\/16, and/,
  );
});

test("a group is not shared with an exclusive set where a transform takes the other rule elsewhere", async () => {
  const other = (await endpoint.makeNetwork()).groupIds[0];
  const elsewhere: pulumi.ResourceTransform = async ({ props, opts }) => ({
    props: { ...props, securityGroupId: other },
    opts,
  });
  const ran = await stack.preview(async () => {
    new EgressRuleSet("all", { securityGroupId: web, exclusive: true, rules: [] });
    new EgressRule("one", { ...LAN, securityGroupId: web }, { transforms: [elsewhere] });
  });
  expect(ran.printed).not.toContain("to itself");
  expect(ran.ok).toBe(true);
});
