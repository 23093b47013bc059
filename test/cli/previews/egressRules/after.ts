import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const web = new aws.ec2.SecurityGroup("web", { vpcId });
// Another name makes another group: a rule that leads to it still leads to the same one.
const database = new aws.ec2.SecurityGroup("database", { vpcId, name: "databases" });
const cache = new aws.ec2.SecurityGroup("cache", { vpcId });

new aws.vpc.SecurityGroupEgressRule("stays", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
  referencedSecurityGroupId: database.id,
});
new aws.vpc.SecurityGroupEgressRule("widens", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.4.0/22",
  description: "updates",
});
new aws.vpc.SecurityGroupEgressRule("to-cache", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 6379,
  toPort: 6379,
  referencedSecurityGroupId: cache.id,
  description: "sessions",
});
new aws.vpc.SecurityGroupEgressRule("from-cache", {
  securityGroupId: cache.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  prefixListId: "pl-0123456789abcdef0",
});
