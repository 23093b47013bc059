import { Address4, Address6 } from "ip-address";

/**
 * An IPv4 address as a signed 32-bit number, or an IPv6 address as text.
 *
 * Each record has four addresses, and logs can have 10 million records. Signed numbers cost least.
 */
export type Address = number | string;

/** Parses an address; undefined if it is invalid. */
export function parseAddress(text: string): Address | undefined {
  if (Address4.isValid(text) && !text.includes("/"))
    return Number(BigInt.asIntN(32, new Address4(text).bigInt()));
  if (Address6.isValid(text) && !text.includes("/")) return new Address6(text).correctForm();
  return undefined;
}

/** The address in its usual notation. */
export function addressText(address: Address): string {
  if (typeof address === "string") return address;
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
}
