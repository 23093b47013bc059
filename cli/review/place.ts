import { type Area, bySpace, type Space } from "./reach/area";
import { type Atom, atomsOf } from "./reach/atom";

/** The areas of one space (an address family, a group or a prefix list) before and after a change. */
export interface Place {
  readonly space: Space;
  readonly atoms: readonly Atom[];
  readonly before: readonly Area[];
  readonly after: readonly Area[];
  /** Areas that no rule before the change is equal to; `removed` is the opposite. */
  readonly added: readonly Area[];
  readonly removed: readonly Area[];
}

export function placesOf(before: readonly Area[], after: readonly Area[]): Place[] {
  const [befores, afters] = [bySpace(before), bySpace(after)];
  const spaces = [...new Set([...befores.keys(), ...afters.keys()])].sort(familiesFirst);
  return spaces.map((space) => placeOf(space, befores.get(space) ?? [], afters.get(space) ?? []));
}

function placeOf(space: Space, before: readonly Area[], after: readonly Area[]): Place {
  return {
    space,
    atoms: atomsOf([...before, ...after]),
    before,
    after,
    added: without(after, before),
    removed: without(before, after),
  };
}

function without(areas: readonly Area[], others: readonly Area[]): Area[] {
  const said = new Set(others.map(saying));
  return areas.filter((area) => !said.has(saying(area)));
}

/** A key that is equal for two areas of one space that allow the same. */
export function saying({ protocol, numbers, addresses }: Area): string {
  return `${protocol} ${numbers.start} ${numbers.end} ${addresses.start} ${addresses.end}`;
}

function familiesFirst(one: Space, other: Space): number {
  return Number(one.includes(" ")) - Number(other.includes(" ")) || (one < other ? -1 : 1);
}
