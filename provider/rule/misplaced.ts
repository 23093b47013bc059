import type { Failure } from "./failure";
import { isGiven, type UnknownRecord } from "./record";

const USE_CIDR = "use cidrIpv4 or cidrIpv6, one rule for each CIDR";
const USE_GROUP = "use referencedSecurityGroupId";
const USE_ONE_RULE = "declare one resource per rule, with ipProtocol, fromPort, toPort and one destination";

/** Arguments of the API's old form and of similar resources, with their equivalents here. */
const REMEDIES: { readonly [property: string]: string } = {
  cidrIp: USE_CIDR,
  cidrBlock: USE_CIDR,
  cidrBlocks: USE_CIDR,
  ipv6CidrBlocks: USE_CIDR,
  prefixListIds: "use prefixListId, one rule for each list",
  sourceSecurityGroupId: USE_GROUP,
  destinationSecurityGroupId: USE_GROUP,
  sourceSecurityGroupName: `${USE_GROUP} (a group's name does not work)`,
  sourceSecurityGroupOwnerId: "use referencedSecurityGroupOwnerId",
  groupId: "use securityGroupId",
  securityGroup: "use securityGroupId",
  groupName: "use securityGroupId (a group's name does not work)",
  ipPermissions: USE_ONE_RULE,
  ipRanges: USE_ONE_RULE,
  ipv6Ranges: USE_ONE_RULE,
  userIdGroupPairs: USE_ONE_RULE,
  egress: USE_ONE_RULE,
  protocol: "use ipProtocol",
  port: "use fromPort and toPort",
  self: "use referencedSecurityGroupId with the group's own id",
  type: "remove it: every rule is outbound",
};

/** Refuses unknown arguments, so that nothing in a program is silently ignored. */
export function checkMisplaced(args: UnknownRecord, known: ReadonlySet<string>, failures: Failure[]): void {
  const inRightCase = new Map([...known].map((name) => [fold(name), name]));
  const remedies = new Map(Object.entries(REMEDIES).map(([name, remedy]) => [fold(name), remedy]));
  for (const [property, value] of Object.entries(args)) {
    if (known.has(property) || property.startsWith("__") || !isGiven(value)) continue;
    const meant = inRightCase.get(fold(property));
    const remedy = meant === undefined ? remedies.get(fold(property)) : `did you mean ${meant}?`;
    failures.push({
      property,
      reason: `is not an argument of a rule: ${remedy ?? `remove it; valid arguments are ${[...known, "prefixListName"].join(", ")}`}`,
    });
  }
}

/** The API's spelling (`CidrIp`) and Terraform's (`cidr_ip`) mean the same argument. */
function fold(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
