import * as pulumi from "@pulumi/pulumi";
import { EgressRule, EgressRuleSet } from "../../index";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { LaterGroup } from "./laterGroup";
import { newStack } from "./newStack";

type Opts = pulumi.CustomResourceOptions;

const PORT_81 = { fromPort: 81, toPort: 81 };
const onPort81: pulumi.ResourceTransform = async ({ props, opts }) => ({
  props: { ...props, ...PORT_81 },
  opts,
});
const onPort81InProgram: pulumi.ResourceTransformation = ({ props, opts }) => ({
  props: { ...props, ...PORT_81 },
  opts,
});

/** Two rules declared alike, each time on their own group, and on a new one. */
const ALIKE: { readonly [what: string]: readonly [one: Opts, two: Opts] } = {
  "a transform makes the second another": [{}, { transforms: [onPort81] }],
  "a transform makes the first another": [{ transforms: [onPort81] }, {}],
  "a transformation makes one another": [{ transformations: [onPort81InProgram] }, {}],
};

test("rules of one group are compared after transforms, transformations and ignoreChanges", async () => {
  const [ignored = "", exclusive = "", elsewhere = "", ...groups] = await endpoint.makeGroups(6);
  const stack = await newStack();
  const before = await stack.up(async () => {
    new EgressRule("as it was", { ...LAN, securityGroupId: ignored });
  });
  expect(before.ok).toBe(true);

  const ran = await stack.preview(async () => {
    for (const [number, [what, [one, two]]] of Object.entries(ALIKE).entries()) {
      const known = groups[number] ?? "";
      const later = new LaterGroup(`group ${number}`, known).groupId;
      for (const [place, securityGroupId] of [known, later].entries()) {
        new EgressRule(`${what}: one of ${place}`, { ...LAN, securityGroupId }, one);
        new EgressRule(`${what}: two of ${place}`, { ...LAN, securityGroupId }, two);
      }
    }
    const on81 = { ...LAN, ...PORT_81, securityGroupId: ignored };
    new EgressRule("as it was", on81, { ignoreChanges: ["fromPort", "toPort"] });
    new EgressRule("as it was not", on81);

    const movedElsewhere: pulumi.ResourceTransform = async ({ props, opts }) => ({
      props: { ...props, securityGroupId: elsewhere },
      opts,
    });
    new EgressRuleSet("all", { securityGroupId: exclusive, exclusive: true, rules: [] });
    new EgressRule("elsewhere", { ...LAN, securityGroupId: exclusive }, { transforms: [movedElsewhere] });
  });
  expect(ran.printed).not.toMatch(/is a duplicate of|to itself/);
  // A group and four rules for each pair.
  expect(ran).toMatchObject({ ok: true, changes: { create: 3 * 5 + 3, same: 2 } });
});

test("two rules that a stack transform makes the same are refused with both URNs, also on a new group", async () => {
  const [web = ""] = await endpoint.makeGroups(1);
  const stack = await newStack();
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
    /EgressRule::(one|two) is a duplicate of urn:\S+EgressRule::(one|two), tcp 81 to 10\.0\.0\.0\/16: remove/,
  );
});
