import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut } from "pulumi-aws-egress";
import { partners } from "./partners.js";

const securityGroup = new pulumi.Config().require("securityGroupId");

export const { ruleIds } = new AllowHttpsOut("partners", { securityGroup, to: partners });
