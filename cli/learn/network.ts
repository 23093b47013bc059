import { Address4, Address6 } from "ip-address";
import type { Address } from "./records/address";

export type Family = "ipv4" | "ipv6";

/** A block of addresses, including both ends. */
export interface Network {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export const BITS = { ipv4: 32, ipv6: 128 } as const;

export function familyOf(address: Address): Family {
  return typeof address === "number" ? "ipv4" : "ipv6";
}

/** The address as a number within its family. */
export function numberOf(address: Address): bigint {
  return typeof address === "number" ? BigInt(address >>> 0) : new Address6(address).bigInt();
}

/** Parses a CIDR; undefined if it is invalid. */
export function networkOf(cidr: string): Network | undefined {
  if (Address4.isValid(cidr)) return network("ipv4", new Address4(cidr));
  return Address6.isValid(cidr) ? network("ipv6", new Address6(cidr)) : undefined;
}

function network(family: Family, address: Address4 | Address6): Network {
  return { family, first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
}

/** Parses CIDRs that are known to be valid. */
export function networksOf(...cidrs: readonly string[]): Network[] {
  return cidrs.flatMap((cidr) => networkOf(cidr) ?? []);
}

export function isInAny(networks: readonly Network[], family: Family, number: bigint): boolean {
  return networks.some(
    (network) => network.family === family && network.first <= number && number <= network.last,
  );
}

/** The CIDR that begins at an address. */
export function cidrText(family: Family, first: bigint, bits: number): string {
  const address = family === "ipv4" ? Address4.fromBigInt(first) : Address6.fromBigInt(first);
  return `${address.correctForm()}/${bits}`;
}
