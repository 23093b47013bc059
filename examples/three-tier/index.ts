import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowOut, AllowPostgresOut, AllowS3Out, Port } from "pulumi-aws-egress";

const vpcId = new pulumi.Config().require("vpcId");

// Without `egress`, the provider takes away the rule that lets everything out: what follows is all there is.
const web = new aws.ec2.SecurityGroup("web", { vpcId, description: "web servers" });
const app = new aws.ec2.SecurityGroup("app", { vpcId, description: "application" });
const database = new aws.ec2.SecurityGroup("database", { vpcId, description: "databases" });

new AllowOut("web", { securityGroup: web, to: [app], ports: Port.tcp(8080), description: "requests" });
new AllowPostgresOut("app", { securityGroup: app, to: [database], description: "orders" });
new AllowS3Out("database", { securityGroup: database, description: "backups" });

// What one tier lets out, the next has to let in. Answers need no rule.
letIn("app-from-web", app, web, 8080);
letIn("database-from-app", database, app, 5432);

function letIn(name: string, to: aws.ec2.SecurityGroup, from: aws.ec2.SecurityGroup, port: number) {
  return new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
  });
}

export const groupIds = { web: web.id, app: app.id, database: database.id };
