import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "pulumi-aws-egress";

const securityGroupId = new pulumi.Config().require("securityGroupId");

const toLan = new EgressRule("to-lan", {
  securityGroupId,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  cidrIpv4: "10.0.0.0/16",
});

const updates = new AllowHttpsOut("updates", {
  securityGroup: securityGroupId,
  to: ["10.0.0.0/16", "2001:db8::/32"],
  description: "package updates",
});

export const ruleIds = { toLan: toLan.securityGroupRuleId, updates: updates.ruleIds };
