import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, allow, EgressPolicy, EgressRule, EgressRuleSet } from "pulumi-aws-egress";

const groups = new pulumi.Config().requireObject<string[]>("groups");
const [web = "", jobs = "", policed = "", open = ""] = groups;

new EgressRule("stays", {
  securityGroupId: web,
  ipProtocol: "17",
  fromPort: 514,
  toPort: 514,
  cidrIpv4: "10.9.0.0/24",
  description: "logs",
});
new EgressRule("narrower", {
  securityGroupId: web,
  ipProtocol: "tcp",
  fromPort: 8080,
  toPort: 8080,
  cidrIpv4: "10.1.0.0/16",
});
new AllowHttpsOut("updates", { securityGroup: web, to: ["10.0.4.0/24"], description: "package updates" });
new EgressRuleSet("jobs", {
  securityGroupId: jobs,
  rules: [
    { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16", description: "registry" },
    { ipProtocol: "icmp", icmp: { type: "echo-request" }, cidrIpv4: "10.0.0.0/16" },
  ],
});
new EgressPolicy("policed", { securityGroup: policed, allow: [allow.postgres("10.2.0.0/16")] });
new EgressPolicy("open", { securityGroup: open, allow: [], onDestroy: "restoreDefault" });
