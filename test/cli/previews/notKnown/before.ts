import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const web = new aws.ec2.SecurityGroup("web", { vpcId: "vpc-0123456789abcdef0" });
new aws.vpc.SecurityGroupEgressRule("partner", {
  securityGroupId: web.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: pulumi.secret("198.51.100.7/32"),
});
