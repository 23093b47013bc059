import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowOut, AllowS3Out, Port } from "pulumi-aws-egress";

const vpcId = new pulumi.Config().require("vpcId");

// Without `egress`, the provider removes EC2's allow-all rule: only the rules below are left.
const web = new aws.ec2.SecurityGroup("web", { vpcId, description: "web servers" });
const app = new aws.ec2.SecurityGroup("app", { vpcId, description: "application" });
const database = new aws.ec2.SecurityGroup("database", { vpcId, description: "databases" });

connect("requests", web, app, 8080);
connect("orders", app, database, 5432);
new AllowS3Out("backups", { securityGroup: database });

/** Lets one tier reach the next: out of the one, and into the other. Replies need no rule. */
function connect(name: string, from: aws.ec2.SecurityGroup, to: aws.ec2.SecurityGroup, port: number) {
  new AllowOut(name, { securityGroup: from, to: [to], ports: Port.tcp(port), description: name });
  new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    description: name,
  });
}

export const groupIds = { web: web.id, app: app.id, database: database.id };
