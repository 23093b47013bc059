import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "pulumi-aws-egress";

const vpcId = new pulumi.Config().require("vpcId");

// Without `egress`, the provider takes away the rule that lets everything out, and leaves the others alone.
const web = new aws.ec2.SecurityGroup("web", { vpcId, description: "web servers" });
const database = new aws.ec2.SecurityGroup("database", { vpcId, description: "databases" });

export const toDatabase = new EgressRule("web-to-database", {
  securityGroupId: web,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
  referencedSecurityGroupId: database,
  description: "application data",
}).securityGroupRuleId;

export const toUpdates = new AllowHttpsOut("web", {
  securityGroup: web,
  to: ["10.0.0.0/16", database],
  description: "package updates",
}).ruleIds;
