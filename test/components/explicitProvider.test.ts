import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, allow, EgressPolicy, EgressRule, EgressRuleSet } from "../../index";
import { warnedBy } from "./mocks";

const REMEDY = ": remove the option, set region on the resource, and configure credentials for the stack";

class Provider extends pulumi.ProviderResource {}
const aws = () => new Provider("aws", "other-account");

const securityGroupId = "sg-0123456789abcdef0";
const args = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const intent = { securityGroup: securityGroupId, to: ["10.0.0.0/16"] };
const policy = { securityGroup: securityGroupId, allow: [allow.https("::/0")] };

test.each<[what: string, program: () => pulumi.Resource]>([
  ["EgressRule", () => new EgressRule("x", args, { provider: aws() })],
  ["EgressRule", () => EgressRule.get("x", "sgr-0123456789abcdef0", {}, { provider: aws() })],
  ["EgressRuleSet", () => new EgressRuleSet("x", { securityGroupId, rules: [] }, { provider: aws() })],
])("a provider in the options of an %s is an error, as it has no effect", async (what, program) => {
  const error = jest.spyOn(console, "error").mockImplementation(() => {});
  await warnedBy(() => [program()]);
  const said = error.mock.calls.map(([text]) => text);
  error.mockRestore();
  expect(said).toEqual([
    expect.stringContaining(
      `${what} "x": the "provider" option does not work with dynamic resources${REMEDY}`,
    ),
  ]);
});

test.each<[what: string, program: () => pulumi.Resource]>([
  ["a component", () => new AllowHttpsOut("x", intent, { provider: aws() })],
  ["a component, in a list", () => new AllowHttpsOut("x", intent, { providers: [aws()] })],
  ["a policy, by name", () => new EgressPolicy("x", policy, { providers: { aws: aws() } })],
])("an AWS provider in the options of %s warns once", async (_, program) => {
  expect(await warnedBy(() => [program()])).toEqual([
    expect.stringContaining(`its rules do not use the AWS provider in the options${REMEDY}`),
  ]);
});

test("a provider of another package, and a parent's provider for other resources, do not warn", async () => {
  const parent = () =>
    new pulumi.ComponentResource("aws-egress:index:Team", "team", {}, { providers: [aws()] });
  const to = ["10.1.0.0/16"];
  expect(
    await warnedBy(() => [
      new AllowHttpsOut("x", intent, { provider: new Provider("random", "random") }),
      new AllowHttpsOut("y", { ...intent, to }, { parent: parent() }),
    ]),
  ).toEqual([]);
});
