import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const web = new aws.ec2.SecurityGroup("web", { vpcId });
const database = new aws.ec2.SecurityGroup("database", { vpcId, name: "database" });

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
  cidrIpv4: "10.0.4.0/24",
  description: "updates",
});
new aws.vpc.SecurityGroupEgressRule("goes", {
  securityGroupId: database.id,
  ipProtocol: "-1",
  cidrIpv6: "2001:DB8:0:0::1/32",
});
