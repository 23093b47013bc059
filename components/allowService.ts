import * as pulumi from "@pulumi/pulumi";
import { EgressRule } from "../provider/dynamic/egressRule";
import { type GroupReference, groupId } from "../provider/dynamic/groupReference";
import type { Service, Traffic } from "./catalogue";
import { type Destinations, namedDestinations } from "./destination";

/** The arguments of a component that lets one service out. */
export interface AllowOutArgs {
  /**
   * The group that the traffic leaves: its id, an Output of it, or anything with an `id` output.
   *
   * @example web
   */
  securityGroup: GroupReference;
  /**
   * Where it may go: CIDRs of either family, groups and prefix lists, as a list or as a record. Nothing is implied,
   * and an empty list is an error.
   *
   * @example ["10.0.0.0/16", database, "pl-0123456789abcdef0"]
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
}

/** What the components of the catalogue share: one rule for each destination and protocol of a service. */
export abstract class AllowService extends pulumi.ComponentResource {
  /** The rules, by what they are: `tcp-443-10.0.0.0/16`. */
  readonly rules: { readonly [key: string]: EgressRule };
  /** The ids of the rules, `sgr-…`, in the order of their keys. */
  readonly ruleIds: pulumi.Output<string[]>;

  protected constructor(
    service: Service,
    name: string,
    args: AllowOutArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(`aws-egress:index:${service.component}`, name, {}, opts);
    const destinations = namedDestinations(`${service.component} "${name}"`, args.to);
    const { to: _, securityGroup, ...common } = { description: service.title, ...args };

    const rules: { [key: string]: EgressRule } = {};
    for (const { protocol, fromPort, toPort } of service.traffic) {
      for (const [destination, destinationArgs] of destinations) {
        const key = `${trafficKey({ protocol, fromPort, toPort })}-${destination}`;
        rules[key] = new EgressRule(
          `${name}-${key}`,
          {
            ...common,
            ...destinationArgs,
            securityGroupId: groupId(securityGroup),
            ipProtocol: protocol,
            fromPort,
            toPort,
          },
          { parent: this },
        );
      }
    }
    this.rules = rules;
    const ids = Object.keys(rules)
      .sort()
      .flatMap((key) => rules[key]?.securityGroupRuleId ?? []);
    this.ruleIds = pulumi.all(ids);
    this.registerOutputs({ ruleIds: this.ruleIds });
  }
}

function trafficKey({ protocol, fromPort, toPort }: Traffic): string {
  return [protocol, fromPort === toPort ? fromPort : `${fromPort}-${toPort}`].join("-");
}
