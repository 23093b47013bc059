import * as aws from "@pulumi/aws";
import { SecurityGroup } from "../native";

new aws.ec2.SecurityGroup("none-leaves", { vpcId: "vpc-0123456789abcdef0" });
new SecurityGroup("all-leaves", { groupDescription: "as EC2 makes it" });
