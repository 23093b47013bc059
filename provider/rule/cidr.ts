import { Address4, Address6 } from "ip-address";
import { quote, type Report } from "./failure";

/**
 * An IPv4 CIDR as EC2 keeps it: host bits masked, so `100.68.0.18/18` is `100.68.0.0/18`.
 *
 * Source: the note on CidrIp in AuthorizeSecurityGroupEgress.
 */
export function parseCidrIpv4(value: unknown, report: Report): string | undefined {
  const address = read(Address4, value);
  if (address?.parsedSubnet) return canonical(address, value, report);
  if (address) report(`${quote(value)} has no prefix length: ${lengthHint(address, "IPv4")}`);
  else if (read(Address6, value)) report(`${quote(value)} is IPv6: specify it as cidrIpv6`);
  else
    report(
      `${quote(value)} is not an IPv4 CIDR: write it like "10.0.0.0/16", with a prefix length from 0 to 32`,
    );
  return undefined;
}

/**
 * An IPv6 CIDR as EC2 keeps it: host bits masked, in the form of RFC 5952, so `2001:DB8:0:0::1/32` is
 * `2001:db8::/32`.
 */
export function parseCidrIpv6(value: unknown, report: Report): string | undefined {
  const address = read(Address6, value);
  if (address?.zone) {
    report(`${quote(value)} has a zone: remove "${address.zone}"`);
    return undefined;
  }
  if (address?.parsedSubnet) return canonical(address, value, report);
  if (address) report(`${quote(value)} has no prefix length: ${lengthHint(address, "IPv6")}`);
  else if (read(Address4, value)) report(`${quote(value)} is IPv4: specify it as cidrIpv4`);
  else
    report(
      `${quote(value)} is not an IPv6 CIDR: write it like "2001:db8::/32", with a prefix length from 0 to 128`,
    );
  return undefined;
}

/** Nothing can go to the address of zeros: the author may mean every address, so the error says how to write that. */
function lengthHint(address: Address4 | Address6, family: "IPv4" | "IPv6"): string {
  const text = address.correctForm();
  return address.bigInt() === 0n
    ? `to allow every ${family} address, write "${text}/0"`
    : `did you mean "${text}/${family === "IPv4" ? 32 : 128}"?`;
}

function canonical(address: Address4 | Address6, value: unknown, report: Report): string | undefined {
  const cidr = `${address.startAddress().correctForm()}/${address.subnetMask}`;
  if (address.parsedSubnet === String(address.subnetMask)) return cidr;
  report(`${quote(value)} has zeros before its prefix length: did you mean "${cidr}"?`);
  return undefined;
}

function read<T extends Address4 | Address6>(
  Address: new (text: string) => T,
  value: unknown,
): T | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return new Address(value);
  } catch {
    // The library throws for an invalid address; the caller's failure explains it better.
    return undefined;
  }
}
