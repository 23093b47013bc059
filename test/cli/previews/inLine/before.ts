import * as aws from "@pulumi/aws";

const vpcId = "vpc-0123456789abcdef0";
const database = new aws.ec2.SecurityGroup("database", { vpcId });
new aws.ec2.SecurityGroup("web", {
  vpcId,
  egress: [
    { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], description: "as it always was" },
    { protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [database.id] },
  ],
});
new aws.ec2.DefaultSecurityGroup("default", {
  vpcId,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
});
