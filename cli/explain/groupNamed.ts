import type { GroupChange, Model } from "../program/model";
import { nameOf } from "../program/urn";

/** Finds a group of a program by id, name or URN; undefined if none or several match. */
export function groupNamed({ groups }: Model, name: string): GroupChange | undefined {
  const exact = groups.find(({ group, urn }) => group === name || urn === name);
  if (exact !== undefined) return exact;
  const [named, ...others] = groups.filter(({ urn }) => urn !== undefined && nameOf(urn) === name);
  return others.length === 0 ? named : undefined;
}

/** The groups of a program, as errors list them. */
export function groupsText({ groups }: Model): string {
  const names = groups.map(({ group, urn }) =>
    urn === undefined || nameOf(urn) === group ? group : `${group} (${nameOf(urn)})`,
  );
  const shown = names.slice(0, MOST_SHOWN).join(", ");
  const rest = names.length - MOST_SHOWN;
  if (names.length === 0) return "it has none";
  return `it has ${shown}${rest > 0 ? ` and ${rest} more` : ""}`;
}

const MOST_SHOWN = 10;
