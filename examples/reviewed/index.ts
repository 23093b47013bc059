import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, EgressRule } from "pulumi-aws-egress";

const config = new pulumi.Config();
const web = config.require("webGroupId");
const database = config.require("databaseGroupId");

// In a repository this would be two commits. Here it is one program, so that you can try both.
const next = config.requireBoolean("next");

// Wider: the office's network joins the data centre's.
new AllowHttpsOut("intranet", {
  securityGroup: web,
  to: next ? ["10.20.0.0/16", "10.21.0.0/16"] : ["10.20.0.0/16"],
  description: "internal services",
});

// No change in reach: one rule becomes two.
const halves = next ? ["10.30.0.0/17", "10.30.128.0/17"] : ["10.30.0.0/16"];
halves.forEach((cidrIpv4, place) => {
  const ports = { ipProtocol: "tcp", fromPort: 9092, toPort: 9092 };
  new EgressRule(`events-${place}`, { securityGroupId: web, ...ports, cidrIpv4, description: "event bus" });
});

new EgressRule("to-database", {
  securityGroupId: web,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
  referencedSecurityGroupId: database,
});

if (next) {
  // The line that a reviewer should not miss.
  new EgressRule("support", {
    securityGroupId: database,
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrIpv4: "198.51.100.0/24",
    description: "support of the vendor",
  });
} else {
  // Narrower: backups go elsewhere.
  new EgressRule("backup", {
    securityGroupId: database,
    ipProtocol: "tcp",
    fromPort: 873,
    toPort: 873,
    cidrIpv4: "10.40.7.0/24",
    description: "nightly backup",
  });
}
