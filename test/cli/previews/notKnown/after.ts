import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const web = new aws.ec2.SecurityGroup("web", { vpcId: "vpc-0123456789abcdef0" });
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
const [one, other] = ["one", "other"].map((name) => new aws.ec2.SecurityGroup(name, { vpcId: vpc.id }));

new aws.vpc.SecurityGroupEgressRule("partner", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: pulumi.secret("198.51.100.8/32"),
});
new aws.vpc.SecurityGroupEgressRule("later", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  cidrIpv6: vpc.ipv6CidrBlock,
});
// The first resource's name decides whose rule this is: it depends on both.
new aws.vpc.SecurityGroupEgressRule("either", {
  securityGroupId: pulumi
    .all([one?.id ?? "", other?.id ?? ""])
    .apply(([first, second]) => [first, second].sort()[0] ?? ""),
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrIpv4: "10.0.0.0/16",
});
new aws.vpc.SecurityGroupEgressRule("of-default", {
  securityGroupId: vpc.defaultSecurityGroupId,
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrIpv4: "10.0.0.0/16",
});
