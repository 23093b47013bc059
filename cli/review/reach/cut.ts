import { EVERY_NUMBER } from "./area";
import { type Atom, OTHERS } from "./atom";
import { cidrCount } from "./cidrs";
import type { Slab } from "./slab";
import { compare, joined, type Span, within } from "./span";

/** Protocols and numbers that are allowed to the same addresses. */
export interface Cut {
  /** One protocol; or several, including `OTHERS`, for every number. */
  readonly atoms: readonly Atom[];
  readonly numbers: Span<number>;
  readonly addresses: readonly Span<bigint>[];
}

/**
 * Divides slabs into cuts that do not overlap. It tries two ways, and takes the one with fewer CIDRs: by address, which
 * keeps the traffic to one destination together, or by port, which keeps the destinations of one port together.
 *
 * Finding the best of all ways is a hard problem. Stretches of addresses that do not touch at least get a choice each.
 */
export function cutsOf(slabs: readonly Slab[]): Cut[] {
  return stretchesOf(slabs).flatMap((stretch) => {
    // Going by port compares ports for all addresses at once, which takes too long if there are many of both.
    const ways = [...(sizeOf(stretch) <= MOST_CELLS ? [alongNumbers(stretch)] : []), alongAddresses(stretch)];
    return ways.reduce((best, way) => (countOf(way) < countOf(best) ? way : best));
  });
}

const MOST_CELLS = 500_000;

/** The cost of going by port: slabs times spans. */
function sizeOf(slabs: readonly Slab[]): number {
  let spans = 0;
  for (const { profile } of slabs) for (const [, some] of profile) spans += some.length;
  return slabs.length * spans;
}

function stretchesOf(slabs: readonly Slab[]): Slab[][] {
  const stretches: Slab[][] = [];
  for (const slab of slabs) {
    const last = stretches.at(-1);
    if (last?.at(-1)?.addresses.end === slab.addresses.start) last?.push(slab);
    else stretches.push([slab]);
  }
  return stretches;
}

function countOf(cuts: readonly Cut[]): number {
  return cuts.reduce(
    (sum, { addresses }) => sum + addresses.reduce((count, span) => count + cidrCount(span), 0),
    0,
  );
}

function alongAddresses(slabs: readonly Slab[]): Cut[] {
  const cuts = new Map<string, Band & { readonly addresses: Span<bigint>[] }>();
  for (const { addresses, profile } of slabs) {
    for (const band of bandsOf(profile)) {
      const key = `${band.atoms.join()} ${band.numbers.start} ${band.numbers.end}`;
      const found = cuts.get(key);
      if (found === undefined) cuts.set(key, { ...band, addresses: [addresses] });
      else found.addresses.push(addresses);
    }
  }
  return [...cuts.values()].map((cut) => ({ ...cut, addresses: joined(cut.addresses) }));
}

function alongNumbers(slabs: readonly Slab[]): Cut[] {
  const places = new Map<
    string,
    { readonly addresses: readonly Span<bigint>[]; readonly profile: Map<Atom, Span<number>[]> }
  >();
  for (const atom of new Set(slabs.flatMap(({ profile }) => [...profile.keys()]))) {
    for (const { numbers, slabs: reached } of columnsOf(slabs, atom)) {
      const key = reached.join();
      const place = places.get(key) ?? {
        addresses: joined(reached.flatMap((at) => slabs[at]?.addresses ?? [])),
        profile: new Map(),
      };
      places.set(key, place);
      place.profile.set(atom, [...(place.profile.get(atom) ?? []), numbers]);
    }
  }
  return [...places.values()].flatMap(({ addresses, profile }) =>
    bandsOf(profile).map((band) => ({ ...band, addresses })),
  );
}

interface Column {
  readonly numbers: Span<number>;
  /** Indexes into the list of slabs. */
  readonly slabs: readonly number[];
}

/** The numbers of one protocol, in stretches, each with the slabs that include it. */
function columnsOf(slabs: readonly Slab[], atom: Atom): Column[] {
  const begins = new Map<number, number[]>();
  const ends = new Map<number, number[]>();
  slabs.forEach(({ profile }, at) => {
    for (const { start, end } of profile.get(atom) ?? []) {
      begins.set(start, [...(begins.get(start) ?? []), at]);
      ends.set(end, [...(ends.get(end) ?? []), at]);
    }
  });
  const columns: Column[] = [];
  const active = new Set<number>();
  let from = 0;
  for (const border of [...new Set([...begins.keys(), ...ends.keys()])].sort(compare)) {
    if (active.size > 0) {
      columns.push({ numbers: { start: from, end: border }, slabs: [...active].sort(compare) });
    }
    for (const at of ends.get(border) ?? []) active.delete(at);
    for (const at of begins.get(border) ?? []) active.add(at);
    from = border;
  }
  return columns;
}

type Band = Omit<Cut, "addresses">;

/** Protocols that are allowed for every number form one band if the protocols that no rule names are among them. */
function bandsOf(profile: ReadonlyMap<Atom, readonly Span<number>[]>): Band[] {
  const whole = profile.has(OTHERS)
    ? [...profile]
        .filter(([, spans]) => spans[0] !== undefined && within(spans[0], EVERY_NUMBER))
        .map(([atom]) => atom)
        .sort()
    : [];
  const bands: Band[] = whole.length === 0 ? [] : [{ atoms: whole, numbers: EVERY_NUMBER }];
  for (const [atom, spans] of profile) {
    if (!whole.includes(atom)) bands.push(...spans.map((numbers) => ({ atoms: [atom], numbers })));
  }
  return bands;
}
