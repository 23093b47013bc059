import { RevokeSecurityGroupEgressCommand, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { ec2, GROUP, handler, holds, ID, RULE, WEB } from "./answering";
import { handlerOf, type Props } from "./handler";
import { OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG, STACK } from "./place";

// An unknown kind of rule: EC2 may add one, and an emulator may omit parts.

const ODD: SecurityGroupRule = { ...RULE, CidrIpv4: undefined, Tags: [{ Key: OWNER_TAG, Value: OLD_CLAIM }] };
const OTHER_ID = "sgr-0123456789abcdef1";
const sets = () => handlerOf({ "aws:region": "us-east-1" }, makeEgressRuleSet());
const SET = {
  securityGroupId: GROUP,
  region: "us-east-1",
  owner: STACK,
  claim: OLD_CLAIM,
  rules: { "tcp 443 to 10.0.0.0/16": {}, "tcp 1 to 10.0.0.0/8": {} },
  ruleIds: { "tcp 443 to 10.0.0.0/16": ID, "tcp 1 to 10.0.0.0/8": OTHER_ID },
};
const OTHER: SecurityGroupRule = {
  ...RULE,
  SecurityGroupRuleId: OTHER_ID,
  FromPort: 1,
  ToPort: 1,
  CidrIpv4: "10.0.0.0/8",
  Tags: ODD.Tags,
};

const revoked = () =>
  ec2
    .commandCalls(RevokeSecurityGroupEgressCommand)
    .flatMap(({ args: [{ input }] }) => input.SecurityGroupRuleIds ?? [])
    .sort();

let said: jest.SpyInstance;

beforeEach(() => {
  said = jest.spyOn(console, "error").mockImplementation(() => {});
  ec2.on(RevokeSecurityGroupEgressCommand).resolves({ Return: true });
});
afterEach(() => said.mockRestore());

describe("a delete of a rule", () => {
  const state: Props = { ...WEB, securityGroupRuleId: ID, claim: OLD_CLAIM };

  test("needs only its id, direction and claim in EC2", async () => {
    holds(ODD);
    await handler.delete(ID, state);
    expect(revoked()).toEqual([ID]);
  });

  test("needs only the same in state", async () => {
    holds(ODD);
    await handler.delete(ID, { ...state, ipProtocol: "something new", cidrIpv4: undefined });
    expect(revoked()).toEqual([ID]);
  });

  test.each([
    ["another stack's claim", [{ Key: OWNER_TAG, Value: OTHERS_CLAIM }], {}, "claims it now"],
    ["another direction", ODD.Tags, { IsEgress: false }, "it is an inbound rule"],
  ])("leaves the rule in place if it has %s", async (_, Tags, more, reason) => {
    holds({ ...ODD, ...more, Tags });
    await handler.delete(ID, state);
    expect(revoked()).toEqual([]);
    expect(said.mock.calls.flat()).toEqual([expect.stringContaining(reason)]);
  });
});

describe("a delete of a set", () => {
  test("is not stopped by one of its rules", async () => {
    holds(ODD, OTHER);
    await sets().delete(GROUP, SET);
    expect(revoked()).toEqual([ID, OTHER_ID]);
  });

  test("is not stopped by an outdated rule in its state", async () => {
    holds(ODD, OTHER);
    const ruleIds = { "quic 443 to 10.0.0.0/16": ID, "tcp 1 to 10.0.0.0/8": OTHER_ID };
    await sets().delete(GROUP, { ...SET, ruleIds });
    expect(revoked()).toEqual([ID, OTHER_ID]);
  });

  test("leaves somebody else's rule, and does not open the group beside it", async () => {
    holds({ ...ODD, SecurityGroupRuleId: "sgr-0123456789abcdef2", Tags: [] }, OTHER);
    await sets().delete(GROUP, { ...SET, exclusive: true, onDestroy: "restoreDefault" });
    expect(revoked()).toEqual([ID, OTHER_ID]);
    expect(said.mock.calls.flat()).toEqual([
      `${GROUP}: rules that the exclusive set does not own are left in place: sgr-0123456789abcdef2`,
      `${GROUP}: the default rule is not restored, because the group has other rules`,
    ]);
  });
});
