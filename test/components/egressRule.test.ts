import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EgressRule, type EgressRuleArgs, EgressRuleSet } from "../../index";
import { Group } from "../group";
import { mockPulumi, resolved } from "./mocks";

const LAN = {
  securityGroupId: "sg-0123456789abcdef0",
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  cidrIpv4: "10.0.0.0/16",
};

/** Type-checked only: a program moves from `aws.vpc.SecurityGroupEgressRule` by changing the class. */
const moved = (args: aws.vpc.SecurityGroupEgressRuleArgs): EgressRuleArgs => args as EgressRuleArgs;
const asBefore = (rule: EgressRule): Omit<aws.vpc.SecurityGroupEgressRule, "urn" | "id"> => rule;

test("accepts the arguments of aws.vpc.SecurityGroupEgressRule, and returns its outputs", async () => {
  await mockPulumi();
  const rule = asBefore(new EgressRule("to-lan", moved(LAN)));
  expect(await resolved(rule.cidrIpv4)).toBe("10.0.0.0/16");
  expect(await resolved(rule.securityGroupRuleId)).toBe("sgr-of-to-lan");
});

test("several rules can share one set of arguments", async () => {
  const registered = await mockPulumi();
  const rules = [new EgressRule("one", LAN), new EgressRule("two", LAN)];
  for (const rule of rules) await resolved(rule.id);
  expect(registered.map(({ inputs }) => inputs.cidrIpv4)).toEqual([LAN.cidrIpv4, LAN.cidrIpv4]);
});

test("a group may be the resource itself, both as the rule's group and as its destination", async () => {
  const registered = await mockPulumi();
  const { cidrIpv4: _, ...args } = LAN;
  const referencedSecurityGroupId = { id: pulumi.output("sg-00000000000000002") };
  await resolved(new EgressRule("to-db", { ...args, referencedSecurityGroupId }).id);
  expect(registered[0]?.inputs.referencedSecurityGroupId).toBe("sg-00000000000000002");
});

test("isInstance distinguishes rules, sets and everything else", async () => {
  await mockPulumi();
  const rule: unknown = new EgressRule("rule", LAN);
  const set: unknown = new EgressRuleSet("set", { securityGroupId: LAN.securityGroupId, rules: [] });
  const told = [rule, set, new Group("group"), "sg-0123456789abcdef0", undefined].map((value) => [
    EgressRule.isInstance(value),
    EgressRuleSet.isInstance(value),
  ]);
  expect(told).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, false],
    [false, false],
  ]);
});
