import {
  AuthorizeSecurityGroupEgressCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { fullTest } from "../fullTest";
import { failureOf, type Handler, handlerOf, PROVIDER_LINE, type Props } from "./handler";
import { OWNER, OWNER_TAG } from "./place";

// Answers that EC2 may give and the endpoint does not.

const GROUP = "sg-0123456789abcdef0";
const ID = "sgr-0123456789abcdef0";

const RULE: SecurityGroupRule = {
  SecurityGroupRuleId: ID,
  SecurityGroupRuleArn: `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${ID}`,
  GroupId: GROUP,
  GroupOwnerId: "123456789012",
  IsEgress: true,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: "10.0.0.0/16",
  Tags: [{ Key: OWNER_TAG, Value: OWNER }],
};

const WEB = {
  securityGroupId: GROUP,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
  region: "us-east-1",
  tagsAll: {},
  owner: OWNER,
};

const ec2 = mockClient(EC2Client);
const handler: Handler = handlerOf({ "aws:region": "us-east-1" });

beforeEach(() => ec2.reset());

const get = (props: Props = {}) => handler.read(ID, { ...props, __provider: PROVIDER_LINE });

function holds(...rules: SecurityGroupRule[]): void {
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: rules });
}

describe("an answer to Authorize without the rule", () => {
  beforeEach(() => ec2.on(AuthorizeSecurityGroupEgressCommand).resolves({ Return: true }));

  test("is followed by a look-up, by identity", async () => {
    holds(
      { ...RULE, SecurityGroupRuleId: "sgr-0000000000000001", FromPort: 444, ToPort: 444 },
      { ...RULE, SecurityGroupRuleId: "sgr-0000000000000002", IsEgress: false },
      { ...RULE, SecurityGroupRuleId: "sgr-0000000000000003", CidrIpv4: "10.1.0.0/16" },
      RULE,
    );
    expect(await handler.create(WEB)).toMatchObject({ id: ID, outs: { securityGroupRuleId: ID } });
    const [call] = ec2.commandCalls(DescribeSecurityGroupRulesCommand);
    expect(call?.args[0].input.Filters).toEqual([{ Name: "group-id", Values: [GROUP] }]);
  });

  test("is followed by a look-up through every page", async () => {
    ec2
      .on(DescribeSecurityGroupRulesCommand)
      .resolvesOnce({ SecurityGroupRules: [{ ...RULE, CidrIpv4: "10.1.0.0/16" }], NextToken: "more" })
      .resolvesOnce({ SecurityGroupRules: [RULE] });
    expect(await handler.create(WEB)).toMatchObject({ id: ID });
  });

  test("fails where the rule is not to be seen, and says that the next `up` will find it", async () => {
    holds();
    const message = await failureOf(handler.create(WEB));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${GROUP}: EC2 took the rule`);
    expect(message).toContain("Run `pulumi up` again");
  });
});

fullTest("a Duplicate that no look-up shows yet is told as it came", async () => {
  const error = Object.assign(new Error("it already exists"), { name: "InvalidPermission.Duplicate" });
  ec2.on(AuthorizeSecurityGroupEgressCommand).rejects(error);
  holds();
  const message = await failureOf(handler.create({ ...WEB, adopt: true }));
  expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${GROUP}`);
  expect(message).toContain("InvalidPermission.Duplicate: it already exists");
});

describe("a rule", () => {
  test.each<[string, SecurityGroupRule]>([
    ["-1", { FromPort: -1, ToPort: -1 }],
    ["none", {}],
  ])("of all traffic is read the same with ports of %s", async (_, ports) => {
    const { FromPort: _from, ToPort: _to, ...rule } = RULE;
    holds({ ...rule, IpProtocol: "-1", ...ports });
    const { props } = await get();
    expect(props).toMatchObject({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" });
    expect(props).not.toHaveProperty("fromPort");
    expect(props).not.toHaveProperty("toPort");
  });

  test("keeps a description that EC2 would not take today", async () => {
    holds({ ...RULE, Description: "it's 100% older" });
    const { props, inputs } = await get();
    expect(props.description).toBe("it's 100% older");
    expect(inputs).toMatchObject({ description: "it's 100% older" });
    const { changes } = await handler.diff(ID, props, { ...WEB, description: "new" });
    expect(changes).toBe(true);
  });

  test("has no tags of AWS's own", async () => {
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
  ])("in %s has its ARN, where EC2 does not tell it", async (region, partition) => {
    const { SecurityGroupRuleArn: _, ...rule } = RULE;
    holds(rule);
    const { props } = await get({ region });
    expect(props).toMatchObject({
      region,
      arn: `arn:${partition}:ec2:${region}:123456789012:security-group-rule/${ID}`,
    });
  });

  test("that makes no sense fails, as what it is", async () => {
    holds({ ...RULE, IpProtocol: "tcp", CidrIpv6: "::/0" });
    await expect(get()).rejects.toThrow("EC2 answered with a rule that cannot be read");
  });
});
