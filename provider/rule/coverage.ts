import { ALL_PROTOCOLS } from "./protocol";
import { overlaps, type Range, type Reach } from "./reach";

/**
 * What of one reach is in none of the others, in pieces that do not overlap; nothing where they cover it together.
 *
 * All protocols are covered only by what reaches all protocols, not by a sum of single ones.
 */
export function uncovered(reach: Reach, others: readonly Reach[]): Reach[] {
  return others.reduce<Reach[]>((pieces, other) => pieces.flatMap((piece) => without(piece, other)), [reach]);
}

/** Cut along the addresses first, so that what is left keeps its ports together. */
function without(piece: Reach, other: Reach): Reach[] {
  const isCovered = other.protocol === ALL_PROTOCOLS || other.protocol === piece.protocol;
  if (!isCovered || !overlaps(piece, other)) return [piece];
  const addresses = {
    first: later(piece.addresses.first, other.addresses.first),
    last: earlier(piece.addresses.last, other.addresses.last),
  };
  return [
    ...outside(piece.addresses, addresses, addBig).map((rest) => ({ ...piece, addresses: rest })),
    ...outside(piece.numbers, other.numbers, add).map((numbers) => ({ ...piece, numbers, addresses })),
  ];
}

/** What of a range is before and after another one that meets it. */
function outside<N extends number | bigint>(
  range: Range<N>,
  cut: Range<N>,
  plus: (value: N, step: 1 | -1) => N,
): Range<N>[] {
  const before = { first: range.first, last: plus(cut.first, -1) };
  const after = { first: plus(cut.last, 1), last: range.last };
  return [before, after].filter(({ first, last }) => first <= last);
}

const add = (value: number, step: 1 | -1) => value + step;
const addBig = (value: bigint, step: 1 | -1) => value + BigInt(step);
const later = (one: bigint, other: bigint) => (one > other ? one : other);
const earlier = (one: bigint, other: bigint) => (one < other ? one : other);
