import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "pulumi-aws-egress";

const vpcId = new pulumi.Config().require("vpcId");

const database = new aws.ec2.SecurityGroup("database", { vpcId, description: "databases" });

const app = new aws.ec2.SecurityGroup("app", { vpcId, description: "application" });
// Step 2: the other class, and `adopt`.
const toDatabase = new EgressRule("app-to-database", {
  securityGroupId: app.id,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
  referencedSecurityGroupId: database.id,
  description: "orders",
  adopt: true,
});

// In-line rules: `egress` is gone, so the provider leaves its rules alone.
const web = new aws.ec2.SecurityGroup("web", { vpcId, description: "web servers" });
const updates = new AllowHttpsOut("web", {
  securityGroup: web,
  to: ["10.0.0.0/16", "10.1.0.0/16"],
  description: "package updates",
  adopt: true,
});

export const ruleIds = { toDatabase: toDatabase.securityGroupRuleId, updates: updates.ruleIds };
