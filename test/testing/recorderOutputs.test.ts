import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "../../index";
import { Group } from "../group";
import { outputOf, RULE, recording } from "./recording";

describe("outputs", () => {
  test("a rule has its id, and its arguments in canonical form", async () => {
    const egress = await recording({}, { "aws:region": "eu-west-1" });
    const rule = new EgressRule("web", {
      ...RULE,
      securityGroupId: new Group("web"),
      ipProtocol: 6,
      cidrIpv4: "10.0.7.7/16",
      silence: ["hostBits"],
    });
    await egress.rules();
    expect(await outputOf(pulumi.all([rule.id, rule.securityGroupRuleId, rule.arn, rule.region]))).toEqual([
      "web-id",
      "web-id",
      "arn:aws:ec2:eu-west-1:123456789012:security-group-rule/web-id",
      "eu-west-1",
    ]);
    expect(
      await outputOf(
        pulumi.all([rule.securityGroupId, rule.ipProtocol, rule.cidrIpv4, rule.fromPort, rule.tagsAll]),
      ),
    ).toEqual(["web-id", "tcp", "10.0.0.0/16", 80, {}]);
  });

  test("a rule that is only read is not declared", async () => {
    const egress = await recording();
    const rule = EgressRule.get("old", "sgr-0123456789abcdef0");
    expect(await outputOf(rule.securityGroupRuleId)).toBe("sgr-0123456789abcdef0");
    expect(await egress.rules()).toEqual([]);
  });

  test("custom mocks answer for read rules and other resources, but not for this package's declarations", async () => {
    const asked: string[] = [];
    const egress = await recording({
      newResource: ({ type, id }) => {
        asked.push(type);
        return { id: id || "sg-made-up", state: { ipProtocol: "udp" } };
      },
    });
    const rule = EgressRule.get("old", "sgr-0123456789abcdef0");
    expect(await outputOf(rule.ipProtocol)).toBe("udp");
    new AllowHttpsOut("web", { securityGroup: new Group("web"), to: ["10.0.0.0/16"] });
    expect(await egress.rules()).toMatchObject([{ securityGroupId: "sg-made-up" }]);
    expect(asked).toEqual([
      "pulumi-nodejs:dynamic/aws-egress:EgressRule",
      "aws:ec2/securityGroup:SecurityGroup",
    ]);
  });
});
