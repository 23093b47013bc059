/**
 * Resources and components that manage the outbound rules of AWS EC2 security groups.
 *
 * @module
 * @mergeModuleWith <project>
 */
export * from "./components";
export type {
  AnyDestinations,
  CidrIpv4Destination,
  CidrIpv6Destination,
  EgressDestination,
  LaterDestination,
  PrefixListDestination,
  PrefixListNameDestination,
  SecurityGroupDestination,
} from "./provider/dynamic/destinationArgs";
export { EgressRule } from "./provider/dynamic/egressRule";
export type {
  EgressGetArgs,
  EgressRuleArgs,
  EgressRuleOwnArgs,
  IcmpArgs,
  IpProtocol,
  RuleArgs,
  SetRuleArgs,
  SetRulesArgs,
} from "./provider/dynamic/egressRuleArgs";
export { EgressRuleSet } from "./provider/dynamic/egressRuleSet";
export type { EgressRuleSetArgs, SetRuleOutput } from "./provider/dynamic/egressRuleSetArgs";
export type { GroupReference, GroupResource } from "./provider/dynamic/groupReference";
export type { IcmpTypeName } from "./provider/rule/icmp";
export type { Strangers } from "./provider/rule/strangers";
export type { WarningKind } from "./provider/rule/warnings";
