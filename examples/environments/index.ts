import * as pulumi from "@pulumi/pulumi";
import { parseDestinations, SERVICES } from "./destinations";

const config = new pulumi.Config();
const securityGroup = config.require("securityGroupId");
const destinations = parseDestinations(config.requireObject("destinations"));

const components = destinations.map(({ name, service, to, description }) => {
  const AllowServiceOut = SERVICES[service];
  return new AllowServiceOut(name, { securityGroup, to, description });
});

export const ruleIds = components.map((component) => component.ruleIds);
