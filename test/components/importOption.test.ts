import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, allow, EgressPolicy, EgressRule, EgressRuleSet } from "../../index";
import { mockPulumi } from "./mocks";

const securityGroupId = "sg-0123456789abcdef0";
const securityGroup = securityGroupId;
const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const to = ["10.0.0.0/16"];
const byId: pulumi.CustomResourceOptions = { import: "sgr-0123456789abcdef0" };

test.each<[what: string, adopt: string, program: () => pulumi.Resource]>([
  ["EgressRule", 'adopt: "sgr-0123456789abcdef0"', () => new EgressRule("x", rule, byId)],
  [
    "EgressRuleSet",
    "adopt: true",
    () => new EgressRuleSet("x", { securityGroupId, rules: [] }, { import: securityGroupId }),
  ],
  // The types of component options lack import, but JavaScript and forwarded options can contain it.
  ["AllowHttpsOut", "adopt: true", () => new AllowHttpsOut("x", { securityGroup, to }, byId)],
  [
    "EgressPolicy",
    "adopt: true",
    () => new EgressPolicy("x", { securityGroup, allow: [allow.https(to)] }, byId),
  ],
])("import in the options of an %s is refused, with the alternative: %s", async (what, adopt, program) => {
  await mockPulumi();
  expect(program).toThrow(
    new pulumi.RunError(
      `${what} "x": the "import" option does not work with dynamic resources: remove it, and set ${adopt} in the arguments to adopt what exists`,
    ),
  );
});

test("an undefined import is accepted", async () => {
  await mockPulumi();
  const none: pulumi.CustomResourceOptions = JSON.parse('{ "import": null }');
  expect(() => new EgressRule("x", rule, none)).not.toThrow();
});
