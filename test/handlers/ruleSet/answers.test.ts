import {
  AuthorizeSecurityGroupEgressCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { failureOf, type Handler, handlerOf } from "../handler";
import { OWNER, OWNER_TAG } from "../place";

const GROUP = "sg-0123456789abcdef0";
const ID = "sgr-00000000000000001";
const RULE: SecurityGroupRule = {
  SecurityGroupRuleId: ID,
  GroupId: GROUP,
  IsEgress: true,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: "10.0.0.0/8",
  Tags: [{ Key: OWNER_TAG, Value: OWNER }],
};
const INPUTS = {
  securityGroupId: GROUP,
  region: "us-east-1",
  owner: OWNER,
  rules: { "tcp 443 to 10.0.0.0/8": {} },
};

const ec2 = mockClient(EC2Client);
let handler: Handler;

beforeEach(() => {
  ec2.reset();
  handler = handlerOf({ "aws:region": "us-east-1" }, makeEgressRuleSet());
});

const looks = () => ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
const authorize = (SecurityGroupRules?: SecurityGroupRule[]) =>
  ec2.on(AuthorizeSecurityGroupEgressCommand).resolves(SecurityGroupRules ? { SecurityGroupRules } : {});

test.each<[string, SecurityGroupRule[] | undefined]>([
  ["tells of no rule", undefined],
  ["tells of a rule that cannot be read", [{ ...RULE, IpProtocol: "tcpp" }]],
  ["tells of another rule", [{ ...RULE, CidrIpv4: "10.9.0.0/16" }]],
])("an answer that %s is made up for by a look-up", async (_, answered) => {
  looks()
    .resolvesOnce({ SecurityGroupRules: [] })
    .resolves({ SecurityGroupRules: [RULE] });
  authorize(answered);
  const { outs } = await handler.create(INPUTS);
  expect(outs).toMatchObject({ ruleIds: { "tcp 443 to 10.0.0.0/8": ID }, owner: OWNER });
  expect(ec2.commandCalls(AuthorizeSecurityGroupEgressCommand)).toHaveLength(1);
});

test("what neither an answer nor a look-up shows is an error, and not in state", async () => {
  looks();
  authorize();
  const message = await failureOf(handler.create(INPUTS));
  expect(message).toContain(
    `${GROUP}: EC2 took the rules, but neither its answer nor a look-up shows all of them`,
  );
  expect(message).toContain("Run `pulumi up` again.");
});

test("rules come in pages", async () => {
  ec2
    .on(DescribeSecurityGroupRulesCommand)
    .resolves({ SecurityGroupRules: [RULE] })
    .on(DescribeSecurityGroupRulesCommand, { NextToken: undefined })
    .resolves({ NextToken: "more" });
  const found = await handler.read(GROUP, { ...INPUTS, ruleIds: {} });
  expect(found.props.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/8": ID });
});

test("a rule of state that cannot be read is named", async () => {
  looks();
  const message = await failureOf(handler.create({ ...INPUTS, rules: { "sctp 1 to 10.0.0.0/8": {} } }));
  expect(message).toContain(`reading the rule "sctp 1 to 10.0.0.0/8" of ${GROUP} from state:`);
});

test("a group is not read where no Region is set anywhere", async () => {
  const nowhere = handlerOf({ "aws:profile": "none" }, makeEgressRuleSet());
  const kept = { ...process.env };
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) delete process.env[name];
  const message = await failureOf(nowhere.read(GROUP, {}));
  process.env = kept;
  expect(message).toContain(`reading the rules of ${GROUP}: no Region is set: set aws:region, or AWS_REGION`);
});
