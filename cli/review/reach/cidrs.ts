import { Address4, Address6 } from "ip-address";
import { familySpan, namedBy, type Space } from "./area";
import type { Span } from "./span";

/** The fewest destinations that are those addresses: CIDRs in order, or the group or list that a space stands for. */
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

/** Spans whose length is a power of two that their start is a multiple of. */
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

/** The power of two that a number is or lies above. */
function bitsOf(value: bigint): number {
  return value.toString(2).length - 1;
}

function addressText(space: Space, address: bigint): string {
  return (space === "ipv4" ? Address4 : Address6).fromBigInt(address).correctForm();
}
