import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, AllowPostgresOut } from "pulumi-aws-egress";

const config = new pulumi.Config();
const securityGroup = config.require("appGroupId");

const orders = new AllowPostgresOut("orders", { securityGroup, to: config.require("databaseGroupId") });

const partner = new AllowHttpsOut("partner", {
  securityGroup,
  to: ["203.0.113.0/24", "2001:db8:7::/48"],
  description: "partner API",
});

export const ruleIds = { orders: orders.ruleIds, partner: partner.ruleIds };
