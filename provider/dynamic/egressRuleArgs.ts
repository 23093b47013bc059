import type * as pulumi from "@pulumi/pulumi";
import type { IcmpTypeName } from "../rule/icmp";
import type { WarningKind } from "../rule/warnings";
import type { AnyDestinations, EgressDestination } from "./destinationArgs";
import type { GroupReference } from "./groupReference";

/** A protocol by its name or its number as text; editors offer the usual ones. */
export type IpProtocol = "tcp" | "udp" | "icmp" | "icmpv6" | "all" | "-1" | (string & {});

/** What `EgressRule.get` and `EgressRuleSet.get` take beside the id. */
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

/** A rule of an `EgressRuleSet`: what an `EgressRule` takes, but for what the set says once. */
export type SetRuleArgs = RuleArgs & EgressDestination;

/** Rules of an `EgressRuleSet` that differ in their destination only. */
export type SetRulesArgs = RuleArgs & AnyDestinations;

/** What an `EgressRule` takes beside its rule, and an `EgressRuleSet` says once for all of its rules. */
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
   * Takes over a rule that EC2 has already, instead of failing on the duplicate: with `true` one that no stack claims,
   * with the id of a rule that one, whichever stack claims it. Its description and tags become what is declared here.
   * Where there is no such rule, one is made. A rule of this stack is taken over without it, unless
   * `aws-egress:ownership` is false.
   *
   * @default false
   * @example "sgr-0123456789abcdef0"
   */
  adopt?: pulumi.Input<boolean | string | undefined>;
}

/** What every rule takes beside its destination. */
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
   * Needed for `tcp`, `udp` and `icmp`. Ignored for `-1` and other protocol numbers, as EC2 does.
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
   * The ICMP type and code, in place of `fromPort` and `toPort`.
   *
   * @default none
   * @example { type: "echo-request", code: 0 }
   */
  icmp?: pulumi.Input<IcmpArgs | undefined>;
  /**
   * Why the rule is there: up to 255 characters of `a-zA-Z0-9`, space and `._-:/()#,@[]+=&;{}!$*`; `&` only where
   * the destination is a CIDR. One of spaces only is none, as it is for EC2.
   *
   * @default none
   * @example "package updates"
   */
  description?: pulumi.Input<string | undefined>;
  /**
   * Tags of the rule: keys up to 127 characters, values up to 256, 49 at most. A number, `true` or `false`, as
   * configuration may hold, is taken as its text.
   *
   * @default those of `aws:defaultTags`
   * @example { Team: "web" }
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>;
  /**
   * The warnings that are known and meant: `hostBits` (a CIDR that opens more than it shows), `contained` (a redundant
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
