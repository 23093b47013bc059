import * as pulumi from "@pulumi/pulumi";
import { EgressRule } from "../provider/dynamic/egressRule";
import { warnOfProviders } from "../provider/dynamic/explicitProvider";
import { type GroupReference, groupId } from "../provider/dynamic/groupReference";
import { refuseImport } from "../provider/dynamic/importOption";
import { quoteName } from "../provider/rule/failure";
import type { WarningKind } from "../provider/rule/warnings";
import { namedDestinations } from "./destination";
import type { Destinations } from "./destinationEntries";
import { checkKnown } from "./knownArguments";
import { type Port, portList, portName } from "./port";
import { trafficOf } from "./trafficOf";

/** The arguments of every component that lets something out of a group. */
export interface AllowOutArgs {
  /**
   * The group that the traffic leaves: its id, an Output of it, or anything with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * Where it may go: CIDRs of either family, groups, prefix lists and what `Peer` says, as a list or as a record.
   * Nothing is implied, and an empty list is an error.
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
   * The warnings that are known and meant, for every rule.
   *
   * @default none
   * @example ["smtp"]
   */
  silence?: readonly WarningKind[] | undefined;
}

/** The arguments of `AllowOut`. */
export interface AllowPortsOutArgs extends AllowOutArgs {
  /**
   * What kind of traffic: one or more of what `Port` says.
   *
   * @example [Port.tcp(8443), Port.udpRange(8125, 8126)]
   */
  ports: Port | readonly Port[];
}

/**
 * Lets traffic of any protocol and ports out of a security group, to the destinations it names and nowhere else.
 *
 * It makes one `EgressRule` for each destination and each of `ports`, named by what it is:
 * `payments-tcp-8443-10.0.0.0/16`. The components with a name of their own, such as `AllowHttpsOut`, are this one with
 * the ports of their service.
 *
 * ```ts
 * new AllowOut("payments", { securityGroup: web, to: ["10.0.0.0/16"], ports: Port.tcp(8443) });
 * ```
 */
export class AllowOut extends pulumi.ComponentResource {
  /** The rules, by what they are: `tcp-8443-10.0.0.0/16`. */
  readonly rules: { readonly [key: string]: EgressRule };
  /** The ids of the rules, `sgr-…`, in the order of their keys. */
  readonly ruleIds: pulumi.Output<string[]>;

  /** @param component the type that the component shows under; its own where another class extends this one */
  constructor(
    name: string,
    args: AllowPortsOutArgs,
    opts?: pulumi.ComponentResourceOptions,
    component = "AllowOut",
  ) {
    super(`aws-egress:index:${component}`, name, {}, opts);
    const where = `${component} ${quoteName(name)}`;
    refuseImport(where, opts, "true");
    warnOfProviders(this, opts);
    // A rule would take some that are none of this, and its own in their place.
    checkKnown(where, args, [...ALLOW_OUT_ARGUMENTS, "ports"]);
    // Copied, so that of no arguments at all it is said what is missing.
    const { to, ports, securityGroup, ...common } = { ...args };
    const destinations = namedDestinations(where, to);
    const securityGroupId = groupId(`${where}: securityGroup`, securityGroup);

    const rules = new Map<string, EgressRule>();
    for (const [port, destination] of trafficOf(portList(where, ports), destinations)) {
      const key = `${portName(port)}-${destination.name}`;
      if (rules.has(key)) continue;
      const { protocol: ipProtocol, ...range } = port;
      const ruleArgs = { ...common, ...destination.args, ...range, securityGroupId, ipProtocol };
      rules.set(key, new EgressRule(`${name}-${key}`, ruleArgs, { parent: this }));
    }
    const sorted = [...rules].sort(([one], [other]) => (one < other ? -1 : 1));
    this.rules = Object.fromEntries(sorted);
    this.ruleIds = pulumi.all(sorted.map(([, rule]) => rule.securityGroupRuleId));
    this.registerOutputs({ ruleIds: this.ruleIds });
  }
}

/** What every component takes that lets something out of a group. */
export const ALLOW_OUT_ARGUMENTS: readonly string[] = [
  "securityGroup",
  "to",
  "description",
  "tags",
  "region",
  "adopt",
  "silence",
] satisfies (keyof AllowOutArgs)[];
