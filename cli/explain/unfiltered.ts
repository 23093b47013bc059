import { Address4, Address6 } from "ip-address";
import type { Reach } from "../../provider/rule/reach";

/** Traffic that security groups never filter, in words. */
export const NEVER_FILTERED =
  "Security groups never filter DNS to the Route 53 Resolver, DHCP, instance metadata, ECS task metadata, Windows license activation, Amazon Time Sync, and the VPC router's reserved addresses.";

/** What else affects whether traffic arrives, in words. */
export const NOT_DECIDED: readonly string[] = [
  "Routes, network ACLs, firewalls and the destination's inbound rules also apply.",
  "A network interface may have several groups: traffic that any of them allows can leave.",
];

/** Source: the EC2 User Guide, on what is not filtered by security groups. */
const SERVICES: readonly { readonly address: Address4 | Address6; readonly what: string }[] = [
  { address: new Address4("169.254.169.253"), what: "the Route 53 Resolver" },
  { address: new Address6("fd00:ec2::253"), what: "the Route 53 Resolver" },
  { address: new Address4("169.254.169.254"), what: "instance metadata" },
  { address: new Address6("fd00:ec2::254"), what: "instance metadata" },
  { address: new Address4("169.254.170.2"), what: "ECS task metadata" },
  { address: new Address4("169.254.169.250"), what: "Windows license activation" },
  { address: new Address4("169.254.169.251"), what: "Windows license activation" },
  { address: new Address4("169.254.169.123"), what: "Amazon Time Sync" },
  { address: new Address6("fd00:ec2::123"), what: "Amazon Time Sync" },
];

/** Why security groups do not filter this destination; undefined if they do. */
export function unfilteredText({ space, addresses }: Reach): string | undefined {
  const service = SERVICES.find(({ address }) => {
    const isSameFamily = space === (address instanceof Address4 ? "ipv4" : "ipv6");
    return isSameFamily && addresses.first === address.bigInt() && addresses.last === addresses.first;
  });
  if (service === undefined) return undefined;
  return `${service.address.correctForm()} is ${service.what}, which security groups never filter`;
}
