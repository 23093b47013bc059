import { type Area, familySpan, type Space } from "./area";
import type { Atom } from "./atom";
import { difference, type Profile } from "./slab";
import { type Span, shared, subtracted } from "./span";

/** The traffic that is allowed to every address of a family; empty for a group or a prefix list. */
export function wholeOf(space: Space, areas: readonly Area[], atoms: readonly Atom[]): Profile {
  const family = familySpan(space);
  if (family === undefined) return new Map();
  const slabs = difference(areas, [], atoms);
  let next = family.start;
  let common: Profile | undefined;
  for (const { addresses, profile } of slabs) {
    if (addresses.start !== next) return new Map();
    common = common === undefined ? profile : sharedProfile(common, profile);
    if (common.size === 0) return common;
    next = addresses.end;
  }
  return common !== undefined && next === family.end ? common : new Map();
}

/** The traffic of the first profile that is not in the second. */
export function profileWithout(profile: Profile, other: Profile): Profile {
  return each(profile, (spans, atom) => subtracted(spans, other.get(atom) ?? []));
}

/** The traffic in both profiles. */
export function sharedProfile(profile: Profile, other: Profile): Profile {
  return each(profile, (spans, atom) => shared(spans, other.get(atom) ?? []));
}

function each(
  profile: Profile,
  change: (spans: readonly Span<number>[], atom: Atom) => Span<number>[],
): Profile {
  return new Map(
    [...profile]
      .map(([atom, spans]) => [atom, change(spans, atom)] as const)
      .filter(([, spans]) => spans.length > 0),
  );
}
