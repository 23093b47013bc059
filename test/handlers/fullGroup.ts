import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { place } from "./ownPlace";
import { OWNER_TAG, tcp } from "./place";

export const QUOTA = 60;

let hosts = 0;

/** Fills the group with unclaimed rules. */
export async function fill(): Promise<void> {
  const free = QUOTA - (await place.rules()).length;
  const IpRanges = Array.from({ length: free }, () => ({ CidrIp: `10.9.${hosts >> 8}.${hosts++ & 255}/32` }));
  const IpPermissions = [{ ...tcp(443, ""), IpRanges }];
  await place.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: place.group, IpPermissions }));
}

/** The rules of the program. */
export const ours = async () => (await place.rules()).filter(({ tags }) => tags[OWNER_TAG] !== undefined);
