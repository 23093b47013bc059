import { SecurityGroup, SecurityGroupEgress } from "../native";

const web = new SecurityGroup("web", {
  groupDescription: "web",
  securityGroupEgress: [
    { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: "10.0.0.0/16", description: "updates" },
    { ipProtocol: "-1", cidrIpv6: "::/0" },
  ],
});
const jobs = new SecurityGroup("jobs", { groupDescription: "jobs" });
const cache = new SecurityGroup("cache", {
  groupDescription: "cache",
  securityGroupEgress: [{ ipProtocol: "-1", cidrIp: "127.0.0.1/32" }],
});
new SecurityGroupEgress("web-to-jobs", {
  groupId: web.groupId,
  ipProtocol: "tcp",
  fromPort: 8080,
  toPort: 8080,
  destinationSecurityGroupId: jobs.groupId,
});
new SecurityGroupEgress("web-to-cache", {
  groupId: web.groupId,
  ipProtocol: "tcp",
  fromPort: 6379,
  toPort: 6379,
  destinationSecurityGroupId: cache.groupId,
});
new SecurityGroupEgress("cache-to-list", {
  groupId: cache.groupId,
  ipProtocol: "udp",
  fromPort: 53,
  toPort: 53,
  destinationPrefixListId: "pl-0123456789abcdef0",
});
