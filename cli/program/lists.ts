import type { DestinationKind } from "../../provider/rule/destination";
import { isGiven, isRecord, type UnknownRecord } from "../../provider/rule/record";
import type { Given, SaidDestination } from "./reader";
import { known } from "./secret";

/** The members of a list. If the list itself is unknown, it counts as one unknown member. */
export function members(name: string, list: unknown): Given[] {
  if (!isGiven(list)) return [];
  if (!Array.isArray(list)) return [{ name, value: list }];
  return list.map((value: unknown, place) => ({ name: `${name}[${place}]`, value }));
}

export function destinationList(kind: DestinationKind, name: string, list: unknown): SaidDestination[] {
  return members(name, list).map((is) => ({ kind, is }));
}

/** The destination, or none if the property is not set. */
export function destination(kind: DestinationKind, name: string, value: unknown): SaidDestination[] {
  return isGiven(value) ? [{ kind, is: { name, value } }] : [];
}

/** A member as a record; undefined if it is unknown or not a record. */
export function recordOf({ value }: Given): UnknownRecord | undefined {
  // A secret is also a record, but its content must not be read.
  return isRecord(value) && isRecord(known(value)) ? value : undefined;
}
