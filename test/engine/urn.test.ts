import * as pulumi from "@pulumi/pulumi";
import { EgressRule } from "../../index";
import { resourceUrn } from "../../provider/dynamic/resourceUrn";
import { LAN } from "./lan";
import { newStack } from "./newStack";

const TYPE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";

test("the program knows each URN that the engine will assign, with any characters in the names", async () => {
  const stack = await newStack();
  const urns: (readonly [known: Promise<string>, made: pulumi.Output<string>])[] = [];
  const ran = await stack.preview(async () => {
    const team = (name: string, parent?: pulumi.Resource) =>
      new pulumi.ComponentResource("my:team:Team", name, {}, parent && { parent });
    const outer = team("a::b$c");
    const parents = [undefined, pulumi.rootStackResource, outer, team("::pulumi:pulumi:Stack::", outer)];
    for (const [place, parent] of parents.entries()) {
      for (const mark of ["::", "$"]) {
        const name = `x${mark}${place}`;
        const args = {
          ...LAN,
          securityGroupId: "sg-0123456789abcdef0",
          cidrIpv4: `10.${urns.length}.0.0/16`,
        };
        const rule = new EgressRule(name, args, parent && { parent });
        urns.push([resourceUrn(TYPE, name, parent), rule.urn]);
      }
    }
  });
  expect(ran.printed).not.toContain("error");
  const known = await Promise.all(urns.map(([urn]) => urn));
  const made = await Promise.all(urns.map(([, urn]) => new Promise<string>((resolve) => urn.apply(resolve))));
  expect(made).toHaveLength(8);
  expect(known).toEqual(made);
});
