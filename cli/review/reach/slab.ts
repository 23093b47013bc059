import type { Area } from "./area";
import { type Atom, atomsOf, includesAtom } from "./atom";
import { compare, joined, type Span, subtracted } from "./span";

/** A span of addresses in one space, all of which are allowed the same traffic. */
export interface Slab {
  readonly addresses: Span<bigint>;
  readonly profile: Profile;
}

/** The ports or ICMP numbers of each protocol, in order. A protocol without any is omitted. */
export type Profile = ReadonlyMap<Atom, readonly Span<number>[]>;

/**
 * What `inside` allows and `outside` does not, from the lowest address to the highest. All areas are in one space.
 *
 * It walks once over the addresses where an area begins or ends, because nothing changes between two of them.
 */
export function difference(
  inside: readonly Area[],
  outside: readonly Area[],
  atoms?: readonly Atom[],
): Slab[] {
  const among = atoms ?? atomsOf([...inside, ...outside]);
  const slabs: Slab[] = [];
  const active = { inside: new Set<Area>(), outside: new Set<Area>() };
  let from: bigint | undefined;
  for (const { at, begins, ends } of bordersOf(inside, outside)) {
    if (from !== undefined && active.inside.size > 0) {
      add(slabs, { start: from, end: at }, profileOf(active.inside, active.outside, among));
    }
    for (const { area, side } of ends) active[side].delete(area);
    for (const { area, side } of begins) active[side].add(area);
    from = at;
  }
  return slabs;
}

interface Side {
  readonly area: Area;
  readonly side: "inside" | "outside";
}

interface Border {
  readonly at: bigint;
  readonly begins: Side[];
  readonly ends: Side[];
}

function bordersOf(inside: readonly Area[], outside: readonly Area[]): Border[] {
  const borders = new Map<bigint, Border>();
  const border = (at: bigint): Border => {
    const found = borders.get(at) ?? { at, begins: [], ends: [] };
    borders.set(at, found);
    return found;
  };
  for (const [side, areas] of [["inside", inside] as const, ["outside", outside] as const]) {
    for (const area of areas) {
      border(area.addresses.start).begins.push({ area, side });
      border(area.addresses.end).ends.push({ area, side });
    }
  }
  return [...borders.values()].sort((one, other) => compare(one.at, other.at));
}

function profileOf(inside: ReadonlySet<Area>, outside: ReadonlySet<Area>, atoms: readonly Atom[]): Profile {
  const profile = new Map<Atom, readonly Span<number>[]>();
  for (const atom of atoms) {
    const within = numbersOf(inside, atom);
    const left = within.length === 0 ? within : subtracted(within, numbersOf(outside, atom));
    if (left.length > 0) profile.set(atom, left);
  }
  return profile;
}

function numbersOf(areas: ReadonlySet<Area>, atom: Atom): Span<number>[] {
  const numbers: Span<number>[] = [];
  for (const area of areas) if (includesAtom(area.protocol, atom)) numbers.push(area.numbers);
  return joined(numbers);
}

/** Joins neighbors with the same profile into one slab. */
function add(slabs: Slab[], addresses: Span<bigint>, profile: Profile): void {
  if (profile.size === 0) return;
  const last = slabs.at(-1);
  if (last !== undefined && last.addresses.end === addresses.start && isSame(last.profile, profile)) {
    slabs[slabs.length - 1] = { addresses: { start: last.addresses.start, end: addresses.end }, profile };
  } else slabs.push({ addresses, profile });
}

function isSame(one: Profile, other: Profile): boolean {
  if (one.size !== other.size) return false;
  for (const [atom, spans] of one) {
    const others = other.get(atom);
    if (others?.length !== spans.length) return false;
    if (!spans.every((span, at) => span.start === others[at]?.start && span.end === others[at]?.end))
      return false;
  }
  return true;
}
