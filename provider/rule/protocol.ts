import { quote, type Report } from "./failure";
import { parseInteger } from "./integer";

/** `-1`: every protocol, and so every port. */
export const ALL_PROTOCOLS = "-1";

/** The numbers that EC2 returns as names; every other number stays a number. */
const RENAMED: { readonly [number: string]: string } = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

const NAMED = new Set(Object.values(RENAMED));

/** Common names that EC2 does not accept, with the number for each (IANA's protocol numbers). */
const NUMBER_OF: { readonly [name: string]: string } = {
  ah: "51",
  esp: "50",
  gre: "47",
  igmp: "2",
  "ipv6-icmp": "icmpv6",
  ospf: "89",
  sctp: "132",
  vrrp: "112",
};

/**
 * The protocol as EC2 returns it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or its number as text.
 *
 * Accepts names in any case, `all` for `-1`, and numbers as numbers or text.
 */
export function parseProtocol(value: unknown, report: Report): string | undefined {
  const name = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (name === "all") return ALL_PROTOCOLS;
  if (typeof name === "string" && NAMED.has(name)) return name;

  const number = parseInteger(name);
  if (number === -1) return ALL_PROTOCOLS;
  if (number !== undefined && number >= 0 && number <= 255) return RENAMED[String(number)] ?? String(number);

  const known = typeof name === "string" && Object.hasOwn(NUMBER_OF, name) ? NUMBER_OF[name] : undefined;
  report(
    known === undefined
      ? `${quote(value)} is not a protocol: use tcp, udp, icmp, icmpv6, a protocol number from 0 to 255, or -1 for all`
      : `${quote(value)} is not a name that EC2 knows: use "${known}"`,
  );
  return undefined;
}

/** Whether FromPort and ToPort mean ports. */
export function hasPorts(protocol: string): boolean {
  return protocol === "tcp" || protocol === "udp";
}

/** Whether FromPort and ToPort mean an ICMP type and code. */
export function isIcmp(protocol: string): protocol is "icmp" | "icmpv6" {
  return protocol === "icmp" || protocol === "icmpv6";
}
