import { DescribeSecurityGroupRulesCommand, EC2Client, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { type Handler, handlerOf } from "./handler";
import { STACK } from "./place";

// Answers that EC2 may give and the endpoint does not.

export const GROUP = "sg-0123456789abcdef0";
export const ID = "sgr-0123456789abcdef0";

/** A rule as EC2 returns it. */
export const RULE: SecurityGroupRule = {
  SecurityGroupRuleId: ID,
  SecurityGroupRuleArn: `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${ID}`,
  GroupId: GROUP,
  GroupOwnerId: "123456789012",
  IsEgress: true,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: "10.0.0.0/16",
};

/** The same rule as a program declares it. */
export const WEB = {
  securityGroupId: GROUP,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
  region: "us-east-1",
  tagsAll: {},
  owner: STACK,
};

/** Gives the answers that the endpoint does not. */
export const ec2 = mockClient(EC2Client);
/** A handler that receives them. */
export const handler: Handler = handlerOf({ "aws:region": "us-east-1" });

beforeEach(() => ec2.reset());

/** The result of lookups. */
export function holds(...rules: SecurityGroupRule[]): void {
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: rules });
}
