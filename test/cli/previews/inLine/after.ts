import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const database = new aws.ec2.SecurityGroup("database", { vpcId });
new aws.ec2.SecurityGroup("web", {
  vpcId,
  egress: [
    {
      protocol: "6",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16"],
      ipv6CidrBlocks: ["2001:db8::/32"],
      self: true,
      description: "updates",
    },
    { protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [database.id] },
  ],
});
new aws.ec2.DefaultSecurityGroup("default", { vpcId });
