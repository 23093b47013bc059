import type * as pulumi from "@pulumi/pulumi";
import type { IcmpTypeName } from "../rule/icmp";
import type { WarningKind } from "../rule/warnings";
import type { AnyDestinations, EgressDestination } from "./destinationArgs";
import type { GroupReference } from "./groupReference";

/** A protocol name, or a number as a string; editors complete the usual ones. */
export type IpProtocol = "tcp" | "udp" | "icmp" | "icmpv6" | "all" | "-1" | (string & {});

/** What `EgressRule.get` and `EgressRuleSet.get` accept besides the id. */
export interface EgressGetArgs {
  /**
   * The Region of the group.
   *
   * @default the stack's
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
}

/**
 * The arguments of an `EgressRule`.
 *
 * Specify exactly one destination: `cidrIpv4`, `cidrIpv6`, `prefixListId` (or `prefixListName`), or
 * `referencedSecurityGroupId`.
 */
export type EgressRuleArgs = EgressRuleOwnArgs & SetRuleArgs;

/** A rule of an `EgressRuleSet`: the arguments of an `EgressRule`, except those that the set specifies once. */
export type SetRuleArgs = RuleArgs & EgressDestination;

/** Rules of an `EgressRuleSet` that differ in their destination only. */
export type SetRulesArgs = RuleArgs & AnyDestinations;

/** The arguments of an `EgressRule` that an `EgressRuleSet` specifies once for all of its rules. */
export interface EgressRuleOwnArgs {
  /**
   * The security group: its id, an Output of it, or anything with an `id` output.
   *
   * @example web.id
   */
  securityGroupId: GroupReference;
  /**
   * The Region of the group. Another Region replaces the rule.
   *
   * @default `aws:region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, or that of the profile
   * @example "eu-west-1"
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * Adopts an existing rule instead of failing on the duplicate. `true` adopts a rule that no stack claims; a rule id
   * adopts that rule, whichever stack claims it. The rule gets the description and tags declared here. If there is no
   * such rule, it is created. A rule of this stack needs no `adopt`, unless `aws-egress:ownership` is false.
   *
   * @default false
   * @example "sgr-0123456789abcdef0"
   */
  adopt?: pulumi.Input<boolean | string | undefined>;
}

/** The arguments of every rule, except its destination. */
export interface RuleArgs {
  /**
   * `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number from 0 to 255, or `-1` for all; names in any case.
   *
   * @example "tcp"
   */
  ipProtocol: pulumi.Input<IpProtocol | number>;
  /**
   * The first port (0 to 65535); for `icmp` and `icmpv6` the type (-1 for all).
   *
   * Required for `tcp`, `udp` and `icmp`. Ignored for `-1` and other protocol numbers, as in EC2.
   *
   * @default all types for `icmpv6`, none for protocols without ports
   * @example 443
   */
  fromPort?: pulumi.Input<number | string | undefined>;
  /**
   * The last port (0 to 65535); for `icmp` and `icmpv6` the code (-1 for all).
   *
   * @default all codes for `icmpv6`, none for protocols without ports
   * @example 443
   */
  toPort?: pulumi.Input<number | string | undefined>;
  /**
   * The ICMP type and code, instead of `fromPort` and `toPort`.
   *
   * @default none
   * @example { type: "echo-request", code: 0 }
   */
  icmp?: pulumi.Input<IcmpArgs | undefined>;
  /**
   * Why the rule exists: up to 255 characters of `a-zA-Z0-9`, space and `._-:/()#,@[]+=&;{}!$*`; `&` only if
   * the destination is a CIDR. EC2 treats one of only spaces as no description.
   *
   * @default none
   * @example "package updates"
   */
  description?: pulumi.Input<string | undefined>;
  /**
   * Tags of the rule: keys up to 127 characters, values up to 256, 49 at most. A number, `true` or `false`, as
   * configuration may contain, becomes a string.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * Warnings to silence: `hostBits` (a CIDR that allows more than it shows), `contained` (a redundant
   * rule, already covered by another one of its group), `family` (ICMP to IPv6, or ICMPv6 to IPv4),
   * `unfiltered` (a destination that security groups do not filter), `smtp` (port 25), `ephemeralPorts`, `anywhere`
   * (every port of every address), and `weight` (a prefix list that takes more than half of a group's quota).
   *
   * @default none
   * @example ["anywhere"]
   */
  silence?: readonly WarningKind[] | undefined;
}

/** An ICMP type, by number or name, and a code of it. */
export interface IcmpArgs {
  /**
   * The type: 0 to 255, -1 or `"all"` for every type, or a name.
   *
   * @example "echo-request"
   */
  type: pulumi.Input<number | IcmpTypeName>;
  /**
   * The code: 0 to 255, or -1 for every code.
   *
   * @default -1
   * @example 0
   */
  code?: pulumi.Input<number | undefined>;
}
