import type * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "../provider/dynamic/groupReference";

/** A security group in another account. */
export interface GroupPeer {
  /** The group. */
  readonly securityGroup: GroupReference;
  /** The 12-digit id of the account that owns the group. */
  readonly ownerId: pulumi.Input<string>;
}

/** A prefix list: a resource, or the result of a data source. */
export interface PrefixListResource {
  /** The id of the list, `pl-…`. */
  readonly id: pulumi.Input<string>;
  /** The number of rules that the list counts as. */
  readonly maxEntries: pulumi.Input<number | undefined>;
}

/** A prefix list, identified by its name. */
export interface PrefixListPeer {
  /** The name; `{region}` in it stands for the Region of the rule. */
  readonly prefixListName: string;
}

const ANY_IPV4 = "0.0.0.0/0";
const ANY_IPV6 = "::/0";

/** The AWS services whose prefix list names do not contain the Region. */
const GLOBAL_LISTS: { readonly [service: string]: string } = {
  cloudfront: "com.amazonaws.global.cloudfront.origin-facing",
};

/**
 * Creates destinations that a CIDR or an id cannot express. Plain data.
 *
 * ```ts
 * new AllowHttpsOut("web", { securityGroup: web, to: [Peer.awsService("s3"), Peer.anyIpv4()] });
 * ```
 */
export const Peer = {
  /** A security group; with `ownerId`, in another account. */
  securityGroup: (
    securityGroup: GroupReference,
    options?: { readonly ownerId: pulumi.Input<string> },
  ): GroupReference | GroupPeer => (options ? { securityGroup, ownerId: options.ownerId } : securityGroup),
  /**
   * A prefix list by its name: one that AWS manages, such as `com.amazonaws.eu-west-1.s3`, or one of your own.
   *
   * @param list the name of the list
   */
  prefixList: ({ name }: { readonly name: string }): PrefixListPeer => ({ prefixListName: name }),
  /** An AWS service in the Region of the rule, through the prefix list that AWS manages. */
  awsService: (service: "s3" | "dynamodb" | "s3express" | "vpc-lattice" | "cloudfront"): PrefixListPeer => ({
    prefixListName: GLOBAL_LISTS[service] ?? `com.amazonaws.{region}.${service}`,
  }),
  /** Every IPv4 address. */
  anyIpv4: () => ANY_IPV4,
  /** Every IPv6 address. */
  anyIpv6: () => ANY_IPV6,
  /** Every IPv4 and IPv6 address. */
  anywhere: (): readonly string[] => [ANY_IPV4, ANY_IPV6],
} as const;
