import type { Piece } from "../piece";
import { within } from "../reach/span";
import { opensAnywhere } from "./anywhere";
import type { Facts } from "./facts";

/**
 * Addresses that never reach the internet: private use (RFC 1918, RFC 6598), this host, link-local, multicast and
 * reserved addresses. EC2 treats the networks for examples (RFC 5737) as public.
 */
const NOT_PUBLIC_IPV4 = [
  [0n, 8],
  [10n << 24n, 8],
  [(100n << 24n) | (64n << 16n), 10],
  [127n << 24n, 8],
  [(169n << 24n) | (254n << 16n), 16],
  [(172n << 24n) | (16n << 16n), 12],
  [(192n << 24n) | (168n << 16n), 16],
  [224n << 24n, 3],
].map(([start = 0n, bits]) => ({
  start: BigInt(start),
  end: BigInt(start) + (1n << BigInt(32 - Number(bits))),
}));

/** Global unicast, and the prefix that NAT gateways translate to IPv4 (RFC 6052). */
const PUBLIC_IPV6 = [
  { start: 0x2000n << 112n, end: 0x4000n << 112n },
  { start: (0x64n << 112n) | (0xff9bn << 96n), end: (0x64n << 112n) | (0xff9cn << 96n) },
];

/** What opens to public addresses. Excludes a family that opens completely, which has a finding of its own. */
export function publicPieces(facts: Facts): Piece[] {
  const everything = opensAnywhere(facts).map((name) => name.toLowerCase());
  return facts.opens.filter((piece) => isPublic(piece) && !everything.includes(piece.space));
}

export function isPublic({ space, addresses }: Pick<Piece, "space" | "addresses">): boolean {
  if (space === "ipv4") return !NOT_PUBLIC_IPV4.some((network) => within(network, addresses));
  return (
    space === "ipv6" && PUBLIC_IPV6.some(({ start, end }) => start < addresses.end && addresses.start < end)
  );
}
