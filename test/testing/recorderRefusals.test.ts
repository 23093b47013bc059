import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule, type EgressRuleArgs } from "../../index";
import { recordEgress } from "../../testing";
import { Group } from "../group";
import { RULE, recording, refusal, WEB } from "./recording";

describe("rules are returned only if all are good", () => {
  test("each bad rule is named, with all its errors", async () => {
    const egress = await recording();
    new EgressRule("good", RULE);
    new EgressRule("bad", { ...RULE, ipProtocol: "tcpp", cidrIpv4: "10.0.0.300/16" });
    new EgressRule("worse", { ...RULE, fromPort: 90, tags: { "aws:x": "y" } });
    expect((await refusal(egress)).split("\n")).toEqual([
      "recordEgress: the program declares invalid rules:",
      expect.stringContaining('  EgressRule "bad": ipProtocol "tcpp" is not a protocol'),
      expect.stringContaining('  EgressRule "bad": cidrIpv4 "10.0.0.300/16" is not an IPv4 CIDR'),
      expect.stringContaining('  EgressRule "worse": toPort 80 is below fromPort, 90'),
      expect.stringContaining('  EgressRule "worse": tags["aws:x"]'),
    ]);
  });

  test.each<[string, object, string]>([
    [
      "a name that is no id",
      { referencedSecurityGroupId: "db.example.com:5432" },
      "is not the id of a security group",
    ],
    ["a VPC's id", { securityGroupId: "vpc-0123456789abcdef0" }, "is not the id of a security group"],
    ["a CIDR for a group", { securityGroupId: "10.0.0.0/16" }, "is not the id of a security group"],
    [
      "a list's name for its id",
      { prefixListId: "com.amazonaws.eu-west-1.s3" },
      "is not the id of a prefix list",
    ],
    ["a host for a CIDR", { cidrIpv4: "db.example.com" }, '"db.example.com" is not an IPv4 CIDR'],
    ["a name that nobody gave", { cidrIpv4: "database" }, '"database" is not an IPv4 CIDR'],
    [
      "two lists",
      { prefixListName: "office", prefixListId: "office-id" },
      'prefixListName "office" conflicts with',
    ],
    ["a Region", { region: "europe" }, 'region "europe" is not an AWS Region'],
    ["what to adopt", { adopt: "the old one" }, 'adopt must be true or a rule id (sgr-…); got "the old one"'],
    [
      "a second destination, in the words of the mocks",
      { cidrIpv4: "10.0.0.0/16", referencedSecurityGroupId: "app-id" },
      'referencedSecurityGroupId "app-id" is a second destination besides cidrIpv4',
    ],
  ])("refused: %s", async (_, args, reason) => {
    const egress = await recording();
    const { cidrIpv4: _cidr, ...rule } = RULE;
    new EgressRule("web", { ...rule, ...args } as EgressRuleArgs);
    expect(await refusal(egress)).toContain(reason);
  });

  test("a duplicate rule, even on a group that a mock creates", async () => {
    const egress = await recording();
    const web = new Group("web");
    new EgressRule("one", { ...RULE, securityGroupId: web });
    new EgressRule("two", { ...RULE, securityGroupId: web, cidrIpv4: "10.0.7.0/16", silence: ["hostBits"] });
    new EgressRule("there", { ...RULE, securityGroupId: web, region: "eu-west-1" });
    expect(await refusal(egress)).toBe(
      'recordEgress: the program declares invalid rules:\n  EgressRule "two": tcp 80 to 10.0.0.0/16 on web-id is a duplicate of "one": remove one of the two',
    );
  });

  test("more rules in a stack than the quota, reported with the program's sum", async () => {
    const egress = await recording({}, { "aws-egress:rulesPerGroup": "2" });
    await pulumi.runtime.runInPulumiStack(async () => {
      for (const port of [1, 2, 3, 4]) new EgressRule(`rule-${port}`, { ...RULE, fromPort: port });
    });
    const lines = (await refusal(egress)).split("\n").slice(1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('EgressRule "rule-3": ');
    for (const line of lines) expect(line).toContain("this program declares 4 for IPv4");
  });

  test.each<[string, boolean]>([
    ["an id that a mock does not give", false],
    ["an id of a preview", true],
  ])("an unknown value: %s", async (_, isPreview) => {
    const egress = await recording({ newResource: () => ({ id: undefined, state: {} }) }, {}, isPreview);
    const web = new Group("web");
    new EgressRule("of", { ...RULE, securityGroupId: web });
    new AllowHttpsOut("to", { securityGroup: WEB, to: [web, web.id.apply((id) => id)] });
    expect((await refusal(egress)).split("\n").slice(1).sort()).toEqual([
      '  EgressRule "of": securityGroupId is unknown, so no assertion can use it: return the value that it depends on from the mocks',
      '  EgressRuleSet "to": rules[0] its destination is unknown, so no assertion can use it: return the value that it depends on from the mocks',
      '  EgressRuleSet "to": rules[1].to its destination is unknown, so no assertion can use it: return the value that it depends on from the mocks',
    ]);
  });

  test("a mock that throws is reported, and so is a call without a mock", async () => {
    const egress = recordEgress({
      newResource: () => {
        throw new Error("no such thing");
      },
    });
    const args = { type: "aws:ec2/vpc:Vpc", name: "main", inputs: {} };
    await expect(egress.newResource(args)).rejects.toThrow("no such thing");
    await expect(egress.rules()).rejects.toThrow('the mock of aws:ec2/vpc:Vpc "main" failed: no such thing');

    const other = recordEgress();
    const token = "aws:index/getRegion:getRegion";
    await expect(other.call({ token, inputs: {} })).rejects.toThrow(`no mock answers ${token}`);
    await expect(other.rules()).rejects.toThrow(`no mock answers ${token}: pass recordEgress a call`);
  });
});
