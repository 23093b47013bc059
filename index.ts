export * from "./components";
export {
  EgressRule,
  type EgressRuleArgs,
  type EgressRuleState,
  type IcmpArgs,
} from "./provider/dynamic/egressRule";
export type { GroupReference } from "./provider/dynamic/groupReference";
export type { IcmpTypeName } from "./provider/rule/icmp";
