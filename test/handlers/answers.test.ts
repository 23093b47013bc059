import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { handler, holds, ID, RULE, WEB } from "./answering";
import { PROVIDER_LINE, type Props } from "./handler";

const get = (props: Props = {}) => handler.read(ID, { ...props, __provider: PROVIDER_LINE });

describe("a rule", () => {
  test.each<[string, SecurityGroupRule]>([
    ["-1", { FromPort: -1, ToPort: -1 }],
    ["none", {}],
  ])("for all traffic reads the same with ports of %s", async (_, ports) => {
    const { FromPort: _from, ToPort: _to, ...rule } = RULE;
    holds({ ...rule, IpProtocol: "-1", ...ports });
    const { props } = await get();
    expect(props).toMatchObject({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" });
    expect(props).not.toHaveProperty("fromPort");
    expect(props).not.toHaveProperty("toPort");
  });

  test("keeps a description that EC2 would refuse today", async () => {
    holds({ ...RULE, Description: "it's 100% older" });
    const { props, inputs } = await get();
    expect(props.description).toBe("it's 100% older");
    expect(inputs).toMatchObject({ description: "it's 100% older" });
    const { changes } = await handler.diff(ID, props, { ...WEB, description: "new" });
    expect(changes).toBe(true);
  });

  test("omits AWS's own tags", async () => {
    const Tags = [
      { Key: "aws:cloudformation:stack-name", Value: "shop" },
      { Key: "Team", Value: "web" },
      { Key: "Empty" },
    ];
    holds({ ...RULE, Tags });
    const { props } = await get();
    expect(props.tagsAll).toEqual({ Empty: "", Team: "web" });
    expect(props.tags).toEqual({ Empty: "", Team: "web" });
  });

  test.each([
    ["us-east-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("in %s has an ARN even if EC2 returns none", async (region, partition) => {
    const { SecurityGroupRuleArn: _, ...rule } = RULE;
    holds(rule);
    const { props } = await get({ region });
    expect(props).toMatchObject({
      region,
      arn: `arn:${partition}:ec2:${region}:123456789012:security-group-rule/${ID}`,
    });
  });

  test("that makes no sense fails, and the error says why", async () => {
    holds({ ...RULE, IpProtocol: "tcp", CidrIpv6: "::/0" });
    await expect(get()).rejects.toThrow("EC2 returned a rule that cannot be parsed");
  });
});
