import { Address4, Address6 } from "ip-address";
import { familySpan, namedBy, type Space } from "./area";
import type { Span } from "./span";

/** The fewest destinations for these addresses: CIDRs in order, or the group or prefix list of the space. */
export function destinationsOf(space: Space, addresses: readonly Span<bigint>[]): Block[] {
  const family = familySpan(space);
  if (family === undefined)
    return addresses.map((span) => ({ destination: namedBy(space), addresses: span }));
  const bits = bitsOf(family.end);
  return addresses.flatMap((span) =>
    blocksOf(span).map((block) => ({
      destination: `${addressText(space, block.start)}/${bits - bitsOf(block.end - block.start)}`,
      addresses: block,
    })),
  );
}

export interface Block {
  readonly destination: string;
  readonly addresses: Span<bigint>;
}

export function cidrCount(addresses: Span<bigint>): number {
  return blocksOf(addresses).length;
}

/** Divides a span into CIDR blocks: each length is a power of two, and each start is a multiple of it. */
function blocksOf({ start, end }: Span<bigint>): Span<bigint>[] {
  const blocks: Span<bigint>[] = [];
  for (let from = start; from < end; ) {
    let size = from === 0n ? 1n << BigInt(bitsOf(end)) : from & -from;
    while (size > end - from) size >>= 1n;
    blocks.push({ start: from, end: from + size });
    from += size;
  }
  return blocks;
}

/** The exponent of the largest power of two that is not above the number. */
function bitsOf(value: bigint): number {
  return value.toString(2).length - 1;
}

function addressText(space: Space, address: bigint): string {
  return (space === "ipv4" ? Address4 : Address6).fromBigInt(address).correctForm();
}
