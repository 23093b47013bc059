import * as aws from "@pulumi/aws";

const web = new aws.ec2.SecurityGroup("web", { vpcId: "vpc-0123456789abcdef0" });
const api = new aws.ec2.SecurityGroup("api", { vpcId: "vpc-0123456789abcdef0" });
new aws.ec2.SecurityGroupRule("several", {
  securityGroupId: web.id,
  type: "egress",
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrBlocks: ["10.0.0.0/23"],
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
new aws.ec2.SecurityGroupRule("among", {
  securityGroupId: api.id,
  type: "egress",
  protocol: "all",
  fromPort: 0,
  toPort: 0,
  self: true,
});
new aws.ec2.SecurityGroupRule("to-web", {
  securityGroupId: api.id,
  type: "egress",
  protocol: "tcp",
  fromPort: 8080,
  toPort: 8081,
  sourceSecurityGroupId: web.id,
});
