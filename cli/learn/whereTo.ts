import { UNFILTERED_CIDRS } from "../../provider/rule/warnings";
import type { Interfaces } from "./interfaces";
import type { ServiceRange } from "./ipRanges";
import { type Family, familyOf, isInAny, networksOf, numberOf } from "./network";
import type { Address } from "./records/address";

/** The destination of a rule for one address: the address, its group, its prefix list, or none if no rule is needed. */
export type WhereTo =
  | { readonly kind: "address"; readonly family: Family; readonly number: bigint; readonly note?: string }
  | { readonly kind: "securityGroup"; readonly value: string }
  | { readonly kind: "prefixList"; readonly name: string }
  | { readonly kind: "unfiltered" };

/** AWS services whose prefix list a rule can use, by their names in flow logs and in `ip-ranges.json`. */
const LISTS: { readonly [service: string]: string } = { S3: "s3", DYNAMODB: "dynamodb" };
export const LISTED_SERVICES = Object.keys(LISTS);

/**
 * Security groups filter the link-local addresses of VPC Lattice.
 *
 * Source: the VPC Lattice User Guide, "Control traffic in VPC Lattice using security groups".
 */
const LATTICE = networksOf("169.254.171.0/24", "fd00:ec2:80::/64");

const AMAZON_NOTE = "an address of AWS, which may change: a VPC endpoint does not";

/** Traffic that stays on the link: EC2's own services, and neighbors. */
const LINK_LOCAL = networksOf(...UNFILTERED_CIDRS, "224.0.0.0/24", "fe80::/10", "ff02::/16");

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
  // A prefix list contains addresses of its own Region only. The name of a service alone does not tell the Region.
  if (range !== undefined && region !== undefined && range.region !== region) {
    return { kind: "address", family, number, note: `${range.service} of ${range.region}` };
  }
  return { kind: "prefixList", name: listName(list, region) };
}

function listName(list: string, region = "{region}"): string {
  return `com.amazonaws.${region}.${list}`;
}
