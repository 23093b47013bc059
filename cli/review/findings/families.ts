import type { Place } from "../place";
import { EVERY_NUMBER } from "../reach/area";
import { type Atom, atomsOf, OTHERS } from "../reach/atom";
import type { Profile } from "../reach/slab";
import { type Span, within } from "../reach/span";
import { profileWithout, wholeOf } from "../reach/whole";
import { trafficsOf, trafficText } from "../traffic";
import type { Facts } from "./facts";

/** The traffic to every address of a family, before and after a change. */
export interface FamilyReach {
  readonly name: "IPv4" | "IPv6";
  readonly atoms: readonly Atom[];
  readonly before: Profile;
  readonly after: Profile;
  readonly opens: Profile;
  readonly closes: Profile;
}

const NAMES = { ipv4: "IPv4", ipv6: "IPv6" } as const;
const known = new WeakMap<Facts, readonly FamilyReach[]>();

/** Cached for each group, because several kinds of finding need it. */
export function familiesIn(facts: Facts): readonly FamilyReach[] {
  const found = known.get(facts) ?? compareFamilies(facts.places);
  known.set(facts, found);
  return found;
}

/** Divides both families into the same protocols, so that they can be compared. */
function compareFamilies(places: readonly Place[]): FamilyReach[] {
  const families = places.filter(({ space }) => space === "ipv4" || space === "ipv6");
  const atoms = atomsOf(families.flatMap(({ before, after }) => [...before, ...after]));
  return (["ipv4", "ipv6"] as const).map((space) => {
    const place = families.find((one) => one.space === space);
    const before = wholeOf(space, place?.before ?? [], atoms);
    const after =
      place?.added.length === 0 && place.removed.length === 0
        ? before
        : wholeOf(space, place?.after ?? [], atoms);
    const [opens, closes] = [profileWithout(after, before), profileWithout(before, after)];
    return { name: NAMES[space], atoms, before, after, opens, closes };
  });
}

/** Whether a profile is all traffic: every number of every protocol. */
export function isEverything(profile: Profile, atoms: readonly Atom[]): boolean {
  return atoms.every((atom) => (profile.get(atom) ?? []).some((span) => within(span, EVERY_NUMBER)));
}

/** The traffic of a profile: `tcp 443`, `all traffic`, `all protocols but tcp`. */
export function profileTexts(profile: Profile, atoms: readonly Atom[]): string[] {
  const isWhole = (spans: readonly Span<number>[]) => spans.some((span) => within(span, EVERY_NUMBER));
  const whole = profile.has(OTHERS)
    ? [...profile].filter(([, spans]) => isWhole(spans)).map(([atom]) => atom)
    : [];
  const single = [...profile].filter(([atom]) => !whole.includes(atom));
  return [
    ...(whole.length > 0 ? trafficsOf(whole, EVERY_NUMBER, atoms) : []),
    ...single.flatMap(([atom, spans]) => spans.flatMap((numbers) => trafficsOf([atom], numbers, atoms))),
  ].map(trafficText);
}
