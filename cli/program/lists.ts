import type { DestinationKind } from "../../provider/rule/destination";
import { isGiven, isRecord, type UnknownRecord } from "../../provider/rule/record";
import type { Given, SaidDestination } from "./reader";
import { known } from "./secret";

/** The members of a list as they are given; the whole of it as one where it is not known. */
export function members(name: string, list: unknown): Given[] {
  if (!isGiven(list)) return [];
  if (!Array.isArray(list)) return [{ name, value: list }];
  return list.map((value: unknown, place) => ({ name: `${name}[${place}]`, value }));
}

/** The destinations of one kind in a list of them. */
export function destinationList(kind: DestinationKind, name: string, list: unknown): SaidDestination[] {
  return members(name, list).map((is) => ({ kind, is }));
}

/** A destination that may be given. */
export function destination(kind: DestinationKind, name: string, value: unknown): SaidDestination[] {
  return isGiven(value) ? [{ kind, is: { name, value } }] : [];
}

/** A record of a list; undefined where it is not known, or none. */
export function recordOf({ value }: Given): UnknownRecord | undefined {
  // A secret is a record as well, of which nothing is to be read.
  return isRecord(value) && isRecord(known(value)) ? value : undefined;
}
