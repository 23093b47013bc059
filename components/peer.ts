import type * as pulumi from "@pulumi/pulumi";
import type { GroupReference } from "../provider/dynamic/groupReference";

/** A security group of another account. */
export interface GroupPeer {
  /** The group. */
  readonly securityGroup: GroupReference;
  /** The account that it belongs to, 12 digits. */
  readonly ownerId: pulumi.Input<string>;
}

/** A prefix list: the resource, or the result of a data source. */
export interface PrefixListResource {
  /** The id of the list, `pl-…`. */
  readonly id: pulumi.Input<string>;
  /** How many rules it counts as. */
  readonly maxEntries: pulumi.Input<number | undefined>;
}

/** A prefix list by its name. */
export interface PrefixListPeer {
  /** The name, in which `{region}` stands for the Region of the rule. */
  readonly prefixListName: string;
}

const ANY_IPV4 = "0.0.0.0/0";
const ANY_IPV6 = "::/0";

/** The AWS services whose prefix lists are not named for the Region. */
const GLOBAL_LISTS: { readonly [service: string]: string } = {
  cloudfront: "com.amazonaws.global.cloudfront.origin-facing",
};

/**
 * Makes destinations that a CIDR or an id cannot express. Plain data.
 *
 * ```ts
 * new AllowHttpsOut("web", { securityGroup: web, to: [Peer.awsService("s3"), Peer.anyIpv4()] });
 * ```
 */
export const Peer = {
  /** A security group; with `ownerId`, of another account. */
  securityGroup: (
    securityGroup: GroupReference,
    options?: { readonly ownerId: pulumi.Input<string> },
  ): GroupReference | GroupPeer => (options ? { securityGroup, ownerId: options.ownerId } : securityGroup),
  /**
   * A prefix list by its name, such as `com.amazonaws.eu-west-1.s3` or one of your own.
   *
   * @param list the list that has this name
   */
  prefixList: ({ name }: { readonly name: string }): PrefixListPeer => ({ prefixListName: name }),
  /** An AWS service in the rule's own Region, by the prefix list that AWS keeps. */
  awsService: (service: "s3" | "dynamodb" | "s3express" | "vpc-lattice" | "cloudfront"): PrefixListPeer => ({
    prefixListName: GLOBAL_LISTS[service] ?? `com.amazonaws.{region}.${service}`,
  }),
  /** Every IPv4 address. */
  anyIpv4: () => ANY_IPV4,
  /** Every IPv6 address. */
  anyIpv6: () => ANY_IPV6,
  /** Every address of both families. */
  anywhere: (): readonly string[] => [ANY_IPV4, ANY_IPV6],
} as const;
