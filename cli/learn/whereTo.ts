import { UNFILTERED_CIDRS } from "../../provider/rule/warnings";
import type { Interfaces } from "./interfaces";
import type { ServiceRange } from "./ipRanges";
import { type Family, familyOf, isInAny, networksOf, numberOf } from "./network";
import type { Address } from "./records/address";

/** What a rule leads to, for one address: itself, a group or a list that it is in, or nothing, as no rule is needed. */
export type WhereTo =
  | { readonly kind: "address"; readonly family: Family; readonly number: bigint; readonly note?: string }
  | { readonly kind: "securityGroup"; readonly value: string }
  | { readonly kind: "prefixList"; readonly name: string }
  | { readonly kind: "unfiltered" };

/** The services with a prefix list that outbound rules are for, by their names in flow logs and in `ip-ranges.json`. */
const LISTS: { readonly [service: string]: string } = { S3: "s3", DYNAMODB: "dynamodb" };
export const LISTED_SERVICES = Object.keys(LISTS);

/**
 * VPC Lattice has link-local addresses that are filtered.
 *
 * Source: the VPC Lattice User Guide, "Control traffic in VPC Lattice using security groups".
 */
const LATTICE = networksOf("169.254.171.0/24", "fd00:ec2:80::/64");

const AMAZON_NOTE = "an address of AWS, which may change: a VPC endpoint does not";

/** What stays on the link: EC2's own services, and neighbours. */
const LINK_LOCAL = networksOf(...UNFILTERED_CIDRS, "224.0.0.0/24", "fe80::/10", "ff02::/16");

/** Says what a rule for an address leads to. */
export function whereTo(
  { groupsOf, region }: Interfaces,
  ranges: readonly ServiceRange[] | undefined,
  address: Address,
  awsService: string | undefined,
): WhereTo {
  const family = familyOf(address);
  const number = numberOf(address);
  if (isInAny(LATTICE, family, number)) {
    return {
      kind: "prefixList",
      name: listName(family === "ipv4" ? "vpc-lattice" : "ipv6.vpc-lattice", region),
    };
  }
  if (isInAny(LINK_LOCAL, family, number)) return { kind: "unfiltered" };
  const [group] = groupsOf(address);
  if (group !== undefined) return { kind: "securityGroup", value: group };
  const range = ranges?.find(({ network }) => isInAny([network], family, number));
  const list = LISTS[range?.service ?? awsService ?? ""];
  if (list === undefined) {
    return { kind: "address", family, number, ...(awsService === "AMAZON" && { note: AMAZON_NOTE }) };
  }
  // A list has the addresses of its own Region; of a service alone, nobody can tell the Region.
  if (range !== undefined && region !== undefined && range.region !== region) {
    return { kind: "address", family, number, note: `${range.service} of ${range.region}` };
  }
  return { kind: "prefixList", name: listName(list, region) };
}

function listName(list: string, region = "{region}"): string {
  return `com.amazonaws.${region}.${list}`;
}
