import * as pulumi from "@pulumi/pulumi";
import { parseDestinations, SERVICES } from "./destinations";

const config = new pulumi.Config();
const securityGroup = config.require("securityGroupId");
const destinations = parseDestinations(config.requireObject("destinations"));

export const ruleIds = destinations.map(({ name, service, to, reason }) => {
  const AllowServiceOut = SERVICES[service];
  return new AllowServiceOut(name, { securityGroup, to, description: reason }).ruleIds;
});
