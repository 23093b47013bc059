import type * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "../provider/dynamic/groupReference";
import type { WarningKind } from "../provider/rule/warnings";
import { component, type Declared } from "./component";
import type { Destinations } from "./destination";
import { type Port, portList } from "./port";

/** The arguments of every component that allows traffic out of a group. */
export interface AllowOutArgs {
  /**
   * The group that the traffic leaves: its id, an Output of it, or anything with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * Where it may go, one destination or several: CIDRs of either family, groups, prefix lists, and what `Peer` makes. An
   * Output may come to one CIDR or id, or to a list of them. Nothing is implied, and an empty list is an error.
   *
   * @example ["10.0.0.0/16", database, Peer.awsService("s3")]
   */
  to: Destinations;
  /**
   * Why, as the description of every rule.
   *
   * @default the service's name
   * @example "package updates"
   */
  description?: pulumi.Input<string | undefined>;
  /**
   * Tags of every rule.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The Region of the group.
   *
   * @default the stack's
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * Takes over rules that EC2 has already and that no stack claims, instead of failing on the duplicate. Rules of this
   * stack are taken over without it, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example true
   */
  adopt?: pulumi.Input<boolean | undefined>;
  /**
   * The warnings to suppress, for every rule.
   *
   * @default none
   * @example ["smtp"]
   */
  silence?: readonly WarningKind[] | undefined;
}

/** The arguments of `AllowOut`. */
export interface AllowPortsOutArgs extends AllowOutArgs {
  /**
   * What kind of traffic: one or more of what `Port` makes.
   *
   * @example [Port.tcp(8443), Port.udpRange(8125, 8126)]
   */
  ports: Port | readonly Port[];
}

/** The names of the arguments of every component that allows traffic out of a group. */
export const ALLOW_OUT_ARGUMENTS = [
  "securityGroup",
  "to",
  "description",
  "tags",
  "region",
  "adopt",
  "silence",
] as const satisfies readonly (keyof AllowOutArgs)[];

/** What a component declares that allows these ports. */
export function allowing(where: string, args: AllowPortsOutArgs): Declared {
  const { to, ports, description, silence, ...others } = args;
  return { ...others, intents: [[where, { to, ports: portList(where, ports), description, silence }]] };
}

/**
 * Allows traffic of any protocol and ports out of a security group, to the destinations it specifies and nowhere else.
 *
 * Its rules are one `EgressRuleSet`, which leaves the group's other rules alone. The components with a name of their own,
 * such as `AllowHttpsOut`, are this one with the ports of their service.
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
