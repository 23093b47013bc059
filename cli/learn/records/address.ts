import { Address4, Address6 } from "ip-address";

/**
 * An IPv4 address as its 32 bits, in a number with a sign, which costs least; an IPv6 address as text.
 *
 * Of 10 million records each has four.
 */
export type Address = number | string;

/** Reads an address; undefined where the text is none. */
export function parseAddress(text: string): Address | undefined {
  if (Address4.isValid(text) && !text.includes("/"))
    return Number(BigInt.asIntN(32, new Address4(text).bigInt()));
  if (Address6.isValid(text) && !text.includes("/")) return new Address6(text).correctForm();
  return undefined;
}

/** The address as people write it. */
export function addressText(address: Address): string {
  if (typeof address === "string") return address;
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
}
