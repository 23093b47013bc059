import * as pulumi from "@pulumi/pulumi";
import { AllowPaymentsApiOut } from "./allowPaymentsApiOut";

const securityGroup = new pulumi.Config().require("securityGroupId");

export const { ruleIds } = new AllowPaymentsApiOut("checkout", { securityGroup, environment: "live" });
