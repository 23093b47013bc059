import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, allow, EgressPolicy, EgressRule, EgressRuleSet } from "pulumi-aws-egress";

const groups = new pulumi.Config().requireObject<string[]>("groups");
const [web = "", jobs = "", policed = ""] = groups;
const database = new aws.ec2.SecurityGroup("database", { vpcId: "vpc-0123456789abcdef0" });

new EgressRule("stays", {
  securityGroupId: web,
  ipProtocol: "17",
  fromPort: 514,
  toPort: 514,
  cidrIpv4: "10.9.0.0/24",
  description: "logs",
});
new EgressRule("narrower", {
  securityGroupId: web,
  ipProtocol: "tcp",
  fromPort: 8080,
  toPort: 8080,
  cidrIpv4: "10.1.2.0/24",
});
new AllowHttpsOut("updates", { securityGroup: web, to: ["10.0.4.0/22"], description: "package updates" });
new EgressRule("from-database", {
  securityGroupId: database,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/8",
  description: "backups",
});
new EgressRuleSet("jobs", {
  securityGroupId: jobs,
  rules: [
    { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16", description: "registry" },
    {
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      referencedSecurityGroupId: database,
      description: "jobs to do",
    },
    { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "203.0.113.0/24", description: "deploys" },
  ],
});
new EgressPolicy("policed", {
  securityGroup: policed,
  allow: [allow.postgres("10.2.0.0/16"), allow.https("10.3.0.0/16")],
});
