import * as pulumi from "@pulumi/pulumi";
import { allow, EgressPolicy } from "pulumi-aws-egress";

const securityGroup = new pulumi.Config().require("securityGroupId");

export const { ruleIds } = new EgressPolicy("web", {
  securityGroup,
  allow: [allow.https(["203.0.113.0/26", "203.0.113.128/26"], { description: "partners" })],
});
