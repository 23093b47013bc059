import { EVERY_NUMBER } from "./area";
import { type Atom, OTHERS } from "./atom";
import { cidrCount } from "./cidrs";
import type { Slab } from "./slab";
import { compare, joined, type Span, within } from "./span";

/** Protocols and numbers that are let out to the same addresses. */
export interface Cut {
  /** One protocol; or several, `OTHERS` among them, for every number. */
  readonly atoms: readonly Atom[];
  readonly numbers: Span<number>;
  readonly addresses: readonly Span<bigint>[];
}

/**
 * Slabs in cuts that do not meet, in the fewer CIDRs of two ways: along the addresses, so that what goes to one
 * place stays together; or along the ports, so that what one port reaches stays together.
 *
 * The fewest of all ways is a hard problem; stretches of addresses that do not touch are at least chosen for apart.
 */
export function cutsOf(slabs: readonly Slab[]): Cut[] {
  return stretchesOf(slabs).flatMap((stretch) => {
    // Ports are compared for all addresses at once: where both are many, that is not worth the time.
    const ways = [...(sizeOf(stretch) <= MOST_CELLS ? [alongNumbers(stretch)] : []), alongAddresses(stretch)];
    return ways.reduce((best, way) => (countOf(way) < countOf(best) ? way : best));
  });
}

const MOST_CELLS = 500_000;

/** How many addresses and ports meet: slabs times spans. */
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
  /** The places in the list of slabs. */
  readonly slabs: readonly number[];
}

/** The numbers of one protocol, each stretch of them with the slabs that have it. */
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

/** The protocols that are let out whole are one band where those that no rule names are among them. */
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
