import { Address4, Address6 } from "ip-address";
import type { Reach } from "../../provider/rule/reach";

/** What security groups let pass whatever their rules say, in words. */
export const NEVER_FILTERED =
  "Security groups never filter DNS to the Route 53 Resolver, DHCP, instance metadata, task metadata of ECS, licence activation of Windows, Amazon Time Sync, and the VPC router's reserved addresses.";

/** What else decides, in words. */
export const NOT_DECIDED: readonly string[] = [
  "Routes, network ACLs, firewalls on the way and the other side's inbound rules decide as well.",
  "A network interface may have several groups: what any of them lets out leaves.",
];

/** Source: the EC2 User Guide, on what is not filtered by security groups. */
const SERVICES: readonly { readonly address: Address4 | Address6; readonly what: string }[] = [
  { address: new Address4("169.254.169.253"), what: "the Route 53 Resolver" },
  { address: new Address6("fd00:ec2::253"), what: "the Route 53 Resolver" },
  { address: new Address4("169.254.169.254"), what: "instance metadata" },
  { address: new Address6("fd00:ec2::254"), what: "instance metadata" },
  { address: new Address4("169.254.170.2"), what: "task metadata of ECS" },
  { address: new Address4("169.254.169.250"), what: "licence activation of Windows" },
  { address: new Address4("169.254.169.251"), what: "licence activation of Windows" },
  { address: new Address4("169.254.169.123"), what: "Amazon Time Sync" },
  { address: new Address6("fd00:ec2::123"), what: "Amazon Time Sync" },
];

/** Why no rule decides about this, if none does. */
export function unfilteredText({ space, addresses }: Reach): string | undefined {
  const service = SERVICES.find(({ address }) => {
    const isSameFamily = space === (address instanceof Address4 ? "ipv4" : "ipv6");
    return isSameFamily && addresses.first === address.bigInt() && addresses.last === addresses.first;
  });
  if (service === undefined) return undefined;
  return `${service.address.correctForm()} is ${service.what}, which security groups do not filter, whatever their rules say`;
}
