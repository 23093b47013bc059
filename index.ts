export * from "./components";
export { EgressRule } from "./provider/dynamic/egressRule";
export type { EgressRuleArgs, EgressRuleState, IcmpArgs } from "./provider/dynamic/egressRuleArgs";
export type { GroupReference } from "./provider/dynamic/groupReference";
export type { IcmpTypeName } from "./provider/rule/icmp";
export type { WarningKind } from "./provider/rule/warnings";
