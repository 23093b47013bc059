import * as aws from "@pulumi/aws";

const web = new aws.ec2.SecurityGroup("web", { vpcId: "vpc-0123456789abcdef0" });
new aws.ec2.SecurityGroupRule("several", {
  securityGroupId: web.id,
  type: "egress",
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrBlocks: ["10.0.0.7/24", "10.0.1.0/24"],
  ipv6CidrBlocks: ["2001:db8::/64"],
  prefixListIds: ["pl-0123456789abcdef0"],
  description: "several in one",
});
new aws.ec2.SecurityGroupRule("inbound", {
  securityGroupId: web.id,
  type: "ingress",
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlocks: ["0.0.0.0/0"],
});
