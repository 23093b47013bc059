import {
  AuthorizeSecurityGroupEgressCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { failureOf, type Handler, handlerOf } from "../handler";
import { CLAIM, OLD_CLAIM, OWNER_TAG, STACK } from "../place";

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
};
const INPUTS = {
  securityGroupId: GROUP,
  region: "us-east-1",
  owner: STACK,
  rules: { "tcp 443 to 10.0.0.0/8": {} },
};

const ec2 = mockClient(EC2Client);
let handler: Handler;

beforeEach(() => {
  ec2.reset();
  handler = handlerOf({ "aws:region": "us-east-1" }, makeEgressRuleSet());
});

const looks = () => ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
/** EC2 creates the rule with the requested tags, shows it from now on, and gives this answer. */
const authorize = (SecurityGroupRules?: SecurityGroupRule[], shown: SecurityGroupRule[] = [RULE]) =>
  ec2.on(AuthorizeSecurityGroupEgressCommand).callsFake(async ({ TagSpecifications: [sent] }) => {
    const tagged = (rules: SecurityGroupRule[]) => rules.map((rule) => ({ ...rule, Tags: sent.Tags }));
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: tagged(shown) });
    return SecurityGroupRules ? { SecurityGroupRules: tagged(SecurityGroupRules) } : {};
  });

test.each<[string, SecurityGroupRule[] | undefined]>([
  ["has no rule", undefined],
  ["has an unreadable rule", [{ ...RULE, IpProtocol: "tcpp" }]],
  ["has another rule", [{ ...RULE, CidrIpv4: "10.9.0.0/16" }]],
])("an answer that %s causes a look-up", async (_, answered) => {
  looks();
  authorize(answered);
  const { outs } = await handler.create(INPUTS);
  expect(outs).toMatchObject({ ruleIds: { "tcp 443 to 10.0.0.0/8": ID }, owner: STACK, claim: CLAIM });
  expect(ec2.commandCalls(AuthorizeSecurityGroupEgressCommand)).toHaveLength(1);
});

test.each<[string, SecurityGroupRule[]]>([
  ["nothing", []],
  ["another rule", [{ ...RULE, CidrIpv4: "10.9.0.0/16" }]],
])("an answer without a rule is an error if a look-up shows %s", async (_, shown) => {
  looks();
  authorize(undefined, shown);
  const message = await failureOf(handler.create(INPUTS));
  expect(message).toContain(
    `authorizing tcp 443 to 10.0.0.0/8 on ${GROUP}: EC2 accepted the rule, but neither its response nor a look-up shows it`,
  );
  expect(message).toContain("Run `pulumi up` again: it takes over a rule that carries this stack's claim.");
});

test("somebody else's new rule is not taken for the set's own if the answer has no rule", async () => {
  looks();
  ec2.on(AuthorizeSecurityGroupEgressCommand).callsFake(async () => {
    const Tags = [{ Key: OWNER_TAG, Value: OLD_CLAIM }];
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [{ ...RULE, Tags }] });
    return {};
  });
  expect(await failureOf(handler.create(INPUTS))).toContain("neither its response nor a look-up shows it");
});

test("rules arrive in pages", async () => {
  ec2
    .on(DescribeSecurityGroupRulesCommand)
    .resolves({ SecurityGroupRules: [RULE] })
    .on(DescribeSecurityGroupRulesCommand, { NextToken: undefined })
    .resolves({ NextToken: "more" });
  const found = await handler.read(GROUP, { ...INPUTS, ruleIds: { "tcp 443 to 10.0.0.0/8": ID } });
  expect(found.props.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/8": ID });
});

test("the error names an unreadable rule in state", async () => {
  looks();
  const message = await failureOf(handler.create({ ...INPUTS, rules: { "sctp 1 to 10.0.0.0/8": {} } }));
  expect(message).toContain(`reading the rule "sctp 1 to 10.0.0.0/8" of ${GROUP} from state:`);
});

test("a group is not read if no Region is set", async () => {
  const nowhere = handlerOf({ "aws:profile": "none" }, makeEgressRuleSet());
  const kept = { ...process.env };
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) delete process.env[name];
  const message = await failureOf(nowhere.read(GROUP, {}));
  process.env = kept;
  expect(message).toContain(`reading the rules of ${GROUP}: no Region is set: set aws:region or AWS_REGION`);
});
