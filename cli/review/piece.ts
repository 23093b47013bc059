import type { Because } from "../program/model";
import { type Area, familySpan, type Space } from "./reach/area";
import type { Atom } from "./reach/atom";
import { destinationsOf } from "./reach/cidrs";
import { cutsOf } from "./reach/cut";
import { meeting } from "./reach/meeting";
import type { Slab } from "./reach/slab";
import { compare, type Span } from "./reach/span";
import { meetsTraffic, type Traffic, trafficsOf, trafficText } from "./traffic";

/** A part of what opens or closes: some traffic to one destination. */
export interface Piece extends Traffic {
  readonly space: Space;
  /** A CIDR, `sg-…` or `pl-…`. */
  readonly destination: string;
  readonly addresses: Span<bigint>;
  /** `tcp 443 to 10.0.4.0/22 (1,024 addresses)`. */
  readonly text: string;
  readonly because: readonly Because[];
}

/**
 * Divides slabs into pieces that do not overlap, in the order of their addresses.
 *
 * @param atoms the atoms that the slabs consist of
 * @param areas the areas that the pieces come from
 */
export function piecesOf(
  space: Space,
  slabs: readonly Slab[],
  atoms: readonly Atom[],
  areas: readonly Area[],
): Piece[] {
  const areasAt = meeting(areas);
  const pieces: Piece[] = [];
  for (const cut of cutsOf(slabs)) {
    for (const traffic of trafficsOf(cut.atoms, cut.numbers, atoms)) {
      for (const block of destinationsOf(space, cut.addresses)) {
        const owners = areasAt(block.addresses).filter((area) => meetsTraffic(traffic, area));
        const text = `${trafficText(traffic)} to ${block.destination}${countText(space, block.addresses)}`;
        pieces.push({ ...traffic, ...block, space, text, because: becauseOf(owners) });
      }
    }
  }
  return pieces.sort(
    (one, other) =>
      compare(one.addresses.start, other.addresses.start) ||
      compare(one.addresses.end, other.addresses.end) ||
      compare(one.protocol, other.protocol) ||
      compare(one.numbers.start, other.numbers.start),
  );
}

/** Shared, because creating a formatter takes longer than using it. */
const WHOLE = new Intl.NumberFormat("en-US");

function countText(space: Space, { start, end }: Span<bigint>): string {
  if (familySpan(space) === undefined) return "";
  const count = end - start;
  if (count === 1n) return " (1 address)";
  if (count <= 1n << 32n) return ` (${WHOLE.format(count)} addresses)`;
  return ` (2^${count.toString(2).length - 1} addresses)`;
}

/** The resources and reasons of areas, without duplicates. */
function becauseOf(areas: readonly Area[]): Because[] {
  const found = new Map<string, Because>();
  for (const { rule } of areas) {
    const { urn, resource, reason } = rule.because;
    const key = JSON.stringify([urn, resource, reason]);
    if (!found.has(key)) found.set(key, rule.because);
  }
  return [...found].sort(([one], [other]) => compare(one, other)).map(([, because]) => because);
}
