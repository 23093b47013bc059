import { SecurityGroup, SecurityGroupEgress } from "../native";

const web = new SecurityGroup("web", {
  groupDescription: "web",
  securityGroupEgress: [
    { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: "10.0.0.0/16", description: "updates" },
  ],
});
const jobs = new SecurityGroup("jobs", { groupDescription: "jobs" });
new SecurityGroupEgress("web-to-jobs", {
  groupId: web.groupId,
  ipProtocol: "tcp",
  fromPort: 8080,
  toPort: 8080,
  destinationSecurityGroupId: jobs.groupId,
});
