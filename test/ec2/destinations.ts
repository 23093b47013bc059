import type { IpPermission } from "@aws-sdk/client-ec2";
import { ec2, other } from "./emptyGroup";
import { listNamed } from "./lists";

/** The id of AWS's prefix list of S3. */
export let s3List: string;

beforeAll(async () => {
  s3List = await listNamed(ec2, "com.amazonaws.us-east-1.s3");
});

export type DestinationName = "IPv4" | "IPv6" | "prefix list" | "group";
export const destinationNames: DestinationName[] = ["IPv4", "IPv6", "prefix list", "group"];

/** A destination of each kind that there is. */
export function destination(name: DestinationName, description?: string): Partial<IpPermission> {
  const described = description === undefined ? {} : { Description: description };
  switch (name) {
    case "IPv4":
      return { IpRanges: [{ CidrIp: "10.0.0.0/8", ...described }] };
    case "IPv6":
      return { Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32", ...described }] };
    case "prefix list":
      return { PrefixListIds: [{ PrefixListId: s3List, ...described }] };
    case "group":
      return { UserIdGroupPairs: [{ GroupId: other, ...described }] };
  }
}
