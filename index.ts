/**
 * Resources and components that say what may leave an AWS security group.
 *
 * @module
 * @mergeModuleWith <project>
 */
export * from "./components";
export { EgressRule } from "./provider/dynamic/egressRule";
export type {
  EgressRuleArgs,
  EgressRuleState,
  IcmpArgs,
  IpProtocol,
} from "./provider/dynamic/egressRuleArgs";
export { EgressRuleSet } from "./provider/dynamic/egressRuleSet";
export type { EgressRuleSetArgs, SetRuleArgs, SetRuleOutput } from "./provider/dynamic/egressRuleSetArgs";
export type { GroupReference, GroupResource } from "./provider/dynamic/groupReference";
export type { IcmpTypeName } from "./provider/rule/icmp";
export type { Strangers } from "./provider/rule/strangers";
export type { WarningKind } from "./provider/rule/warnings";
