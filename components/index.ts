export { allow } from "./allow";
export { AllowAllOut, type AllowAllOutArgs } from "./allowAllOut";
export { AllowOut, type AllowOutArgs, type AllowPortsOutArgs } from "./allowOut";
export {
  type AllowAwsServiceOutArgs,
  AllowDynamoDbOut,
  AllowEcrPullOut,
  AllowS3Out,
  AllowSsmOut,
  AllowVpcEndpointsOut,
} from "./awsServices";
export { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
export type { EgressComponent, EgressComponentClass } from "./component";
export type { Destination, Destinations } from "./destination";
export { EgressPolicy, type EgressPolicyArgs } from "./egressPolicy";
export type { Intent, IntentOptions, ServiceIntent } from "./intent";
export { type GroupPeer, Peer, type PrefixListPeer, type PrefixListResource } from "./peer";
export { Port } from "./port";
export type { AllowServiceArgs, VariantArgs } from "./service";
export * from "./services";
