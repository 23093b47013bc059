import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const vpcId = new pulumi.Config().require("vpcId");

const database = new aws.ec2.SecurityGroup("database", { vpcId, description: "databases" });

const app = new aws.ec2.SecurityGroup("app", { vpcId, description: "application" });
new aws.vpc.SecurityGroupEgressRule(
  "app-to-database",
  {
    securityGroupId: app.id,
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    referencedSecurityGroupId: database.id,
    description: "orders",
  },
  // Step 1: the provider does not revoke the rule when it leaves the program.
  { retainOnDelete: true },
);

export const web = new aws.ec2.SecurityGroup("web", {
  vpcId,
  description: "web servers",
  egress: [
    {
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"],
      description: "package updates",
    },
  ],
}).id;
