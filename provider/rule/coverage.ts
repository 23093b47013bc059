import { ALL_PROTOCOLS } from "./protocol";
import { overlaps, type Range, type Reach } from "./reach";

/**
 * The parts of one reach that the others do not cover, without overlap; empty if they cover it together.
 *
 * Only a rule for all protocols covers all protocols; a sum of single ones does not.
 */
export function uncovered(reach: Reach, others: readonly Reach[]): Reach[] {
  return others.reduce<Reach[]>((pieces, other) => pieces.flatMap((piece) => without(piece, other)), [reach]);
}

/** It cuts along the addresses first, so that each part keeps its ports together. */
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

/** The parts of a range before and after an overlapping one. */
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
