import type * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "../provider/dynamic/groupReference";
import type { WarningKind } from "../provider/rule/warnings";
import { component, type Declared } from "./component";
import type { Destinations } from "./destination";
import { type Port, portList } from "./port";

/** The arguments of every component that allows outbound traffic. */
export interface AllowOutArgs {
  /**
   * The security group: its id, an Output of the id, or any resource with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * One or more destinations: IPv4 or IPv6 CIDRs, security groups, prefix lists, and values that `Peer` returns. An Output
   * may resolve to one CIDR or id, or to a list of them. There is no default, and an empty list is an error.
   *
   * @example ["10.0.0.0/16", database, Peer.awsService("s3")]
   */
  to: Destinations;
  /**
   * The description of every rule.
   *
   * @default the service's name
   * @example "package updates"
   */
  description?: pulumi.Input<string | undefined>;
  /**
   * Tags of every rule.
   *
   * @default the tags of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group.
   *
   * @default the Region of the stack
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * Whether to adopt rules that already exist in EC2 and that no stack claims, instead of failing on the duplicate. Rules
   * that this stack claims are always adopted, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * The warnings to suppress for every rule.
   *
   * @default none
   * @example ["smtp"]
   */
  silence?: readonly WarningKind[] | undefined;
}

/** The arguments of `AllowOut`. */
export interface AllowPortsOutArgs extends AllowOutArgs {
  /**
   * The protocols and ports: one or more values that `Port` returns.
   *
   * @example [Port.tcp(8443), Port.udpRange(8125, 8126)]
   */
  ports: Port | readonly Port[];
}

/** The names of the arguments of every component that allows outbound traffic. */
export const ALLOW_OUT_ARGUMENTS = [
  "securityGroup",
  "to",
  "description",
  "tags",
  "region",
  "adopt",
  "silence",
] as const satisfies readonly (keyof AllowOutArgs)[];

/** Returns what a component that allows these ports declares. */
export function allowing(where: string, args: AllowPortsOutArgs): Declared {
  const { to, ports, description, silence, ...others } = args;
  return { ...others, intents: [[where, { to, ports: portList(where, ports), description, silence }]] };
}

/**
 * Allows outbound traffic of any protocol and port to the specified destinations.
 *
 * The component creates one `EgressRuleSet`, which does not change the group's other rules. Components such as
 * `AllowHttpsOut` are an `AllowOut` with the ports of a service.
 *
 * ```ts
 * new AllowOut("payments", { securityGroup: web, to: "10.0.0.0/16", ports: Port.tcp(8443) });
 * ```
 */
export class AllowOut extends component<AllowPortsOutArgs>(
  "AllowOut",
  [...ALLOW_OUT_ARGUMENTS, "ports"],
  allowing,
) {}
