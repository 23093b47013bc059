import type * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "./groupReference";

/**
 * The destination of a rule: exactly one of `cidrIpv4`, `cidrIpv6`, `prefixListId`, `prefixListName` and
 * `referencedSecurityGroupId`.
 *
 * To pass a destination through a function, take it as one value and spread it:
 *
 * ```ts
 * const allowTls = (name: string, to: EgressDestination) =>
 *   new EgressRule(name, { securityGroupId: web.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, ...to });
 *
 * allowTls("to-lan", { cidrIpv4: "10.0.0.0/16" });
 * ```
 *
 * If only Outputs determine the kind, specify each kind as an Output. For arguments of another type, such as those of
 * `aws.vpc.SecurityGroupEgressRule`, write `args as EgressRuleArgs`: the preview checks that there is exactly one.
 */
export type EgressDestination =
  | LaterDestination
  | SecurityGroupDestination
  | PrefixListNameDestination
  | PrefixListDestination
  | CidrIpv6Destination
  // TypeScript's error names the last member if no destination is given.
  | CidrIpv4Destination;

/** An IPv4 range as the destination. */
export interface CidrIpv4Destination extends Omit<NoDestination, "cidrIpv4"> {
  /**
   * An IPv4 range as the destination, with a prefix length. Host bits are masked, as EC2 does.
   *
   * @example "10.0.0.0/16"
   */
  cidrIpv4: pulumi.Input<string | undefined>;
}

/** An IPv6 range as the destination. */
export interface CidrIpv6Destination extends Omit<NoDestination, "cidrIpv6"> {
  /**
   * An IPv6 range as the destination, with a prefix length, in any spelling.
   *
   * @example "2001:db8::/32"
   */
  cidrIpv6: pulumi.Input<string | undefined>;
}

/** A prefix list as the destination, by its id. */
export interface PrefixListDestination extends Omit<NoDestination, "prefixListId"> {
  /**
   * A prefix list as the destination.
   *
   * @example "pl-0123456789abcdef0"
   */
  prefixListId: pulumi.Input<string | undefined>;
}

/** A prefix list as the destination, by its name. */
export interface PrefixListNameDestination extends Omit<NoDestination, "prefixListName"> {
  /**
   * A prefix list as the destination, by its name; `{region}` in it stands for the rule's Region. Preview looks the
   * list up (ec2:DescribeManagedPrefixLists), and the rule keeps the list's id.
   *
   * @example "com.amazonaws.{region}.s3"
   */
  prefixListName: pulumi.Input<string | undefined>;
}

/** A security group as the destination. */
export interface SecurityGroupDestination
  extends Omit<NoDestination, "referencedSecurityGroupId" | "referencedSecurityGroupOwnerId"> {
  /**
   * A security group as the destination: its id, an Output of it, or anything with an `id` output. A group of
   * another account may also be `123456789012/sg-…`.
   *
   * @example database.id
   */
  referencedSecurityGroupId: GroupReference | pulumi.Input<string | undefined>;
  /**
   * The account of `referencedSecurityGroupId`, if it is a different one, for example over a VPC peering.
   *
   * @default the account of the group
   * @example "123456789012"
   */
  referencedSecurityGroupOwnerId?: pulumi.Input<string | undefined>;
}

/** The destinations of a set's rule, of any kind. */
export interface AnyDestinations extends Omit<NoDestination, "to"> {
  /**
   * One destination or several: CIDRs, group ids and prefix list ids, or an Output of them. Each becomes its own rule,
   * and an empty list makes none.
   *
   * @example ["10.0.0.0/16", "2001:db8::/32"]
   */
  to: pulumi.Input<string | readonly pulumi.Input<string>[] | undefined>;
}

/** A destination whose kind only Outputs determine: all but one of them resolve to `undefined`. */
export interface LaterDestination
  extends Pick<NoDestination, "prefixListName" | "referencedSecurityGroupOwnerId" | "to"> {
  /** The destination, if it resolves to an IPv4 range. */
  cidrIpv4: pulumi.Output<string | undefined> | undefined;
  /** The destination, if it resolves to an IPv6 range. */
  cidrIpv6?: pulumi.Output<string | undefined> | undefined;
  /** The destination, if it resolves to a prefix list. */
  prefixListId?: pulumi.Output<string | undefined> | undefined;
  /** The destination, if it resolves to a security group. */
  referencedSecurityGroupId?: pulumi.Output<string | undefined> | undefined;
}

/** The properties that conflict with a destination of another kind. */
interface NoDestination {
  /** Not beside another destination. */
  cidrIpv4?: undefined;
  /** Not beside another destination. */
  cidrIpv6?: undefined;
  /** Not beside another destination. */
  prefixListId?: undefined;
  /** Not beside another destination. */
  prefixListName?: undefined;
  /** Not beside another destination. */
  referencedSecurityGroupId?: undefined;
  /** Only beside `referencedSecurityGroupId`. */
  referencedSecurityGroupOwnerId?: undefined;
  /** Only in a rule of a set. */
  to?: undefined;
}
