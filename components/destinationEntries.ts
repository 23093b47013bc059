import * as pulumi from "@pulumi/pulumi";
import { type GroupReference, isGroup } from "../provider/dynamic/groupReference";
import { otherThanGroup } from "../provider/dynamic/otherThanGroup";
import { quote } from "../provider/rule/failure";
import { isGiven, isRecord } from "../provider/rule/record";
import type { GroupPeer, PrefixListPeer, PrefixListResource } from "./peer";
import { described, isLater, isPlainRecord, refuse } from "./shape";

/**
 * Where traffic may go: a CIDR of either family, a security group or a prefix list (its id, an Output, or the
 * resource), what `Peer` says, or a list of these.
 */
export type Destination =
  | GroupReference
  | GroupPeer
  | PrefixListResource
  | PrefixListPeer
  | readonly string[];

/**
 * Destinations, as a list or as a record.
 *
 * A rule is named by what it leads to. Where only EC2 will know that, as of a group made in the same program, it is
 * named by the record's key; in a list by the resource's name or, for a bare Output, by its place.
 */
export type Destinations = readonly Destination[] | { readonly [key: string]: Destination };

/** A destination that is no list of several. */
export type Single = Exclude<Destination, readonly string[]>;

/** Each destination with its name in a record, or its place in a list; what is none fails the program. */
export function entriesOf(component: string, to: Destinations): [key: string, destination: Single][] {
  checkDestinations(component, to);
  const entries: [string, Destination][] = isList(to)
    ? to.map((destination, place) => [placeName(destination, place), destination])
    : Object.entries(to);
  return entries.flatMap(([key, destination]): [string, Single][] => {
    if (!isGiven(destination)) {
      throw new pulumi.RunError(
        `${component}: "to" holds no destination at ${quote(key)}: give it one or leave it out`,
      );
    }
    if (isSeveral(destination) && destination.length === 0) {
      throw new pulumi.RunError(
        `${component}: "to" holds an empty list at ${quote(key)}: name a destination, or leave it out`,
      );
    }
    const several: readonly Single[] = isSeveral(destination) ? destination : [destination];
    for (const one of several) {
      if (isDestination(one)) continue;
      throw new pulumi.RunError(
        `${component}: "to" holds ${described(isGroupPeer(one) ? one.securityGroup : one)} at ${quote(key)}: it takes CIDRs, groups, prefix lists and what Peer says`,
      );
    }
    return several.map((one) => [key, one]);
  });
}

/** Fails the program where there are none, or no list and no record of them: their number is known from the start. */
export function checkDestinations(where: string, to: unknown): asserts to is Destinations {
  if (!Array.isArray(to) && !isPlainRecord(to)) {
    refuse(where, "to", to, "give a list of destinations, or a record, in which each may be an Output");
  }
  if (Object.keys(to).length > 0) return;
  throw new pulumi.RunError(`${where}: "to" is empty: name a destination, as nothing is opened by default`);
}

/** Whether it has the shape of one; what is in it is for check to say. */
function isDestination(one: Single): boolean {
  if (isPrefixListPeer(one)) return typeof one.prefixListName === "string";
  if (typeof one === "string" || isLater(one) || isPrefixList(one)) return true;
  if (isGroupPeer(one)) return otherThanGroup(one.securityGroup) === undefined;
  return isGroup(one) && otherThanGroup(one) === undefined;
}

/** Whether destinations are given as a list, and not by names. */
export function isList(to: Destinations): to is readonly Destination[] {
  return Array.isArray(to);
}

function isSeveral(destination: Destination): destination is readonly string[] {
  return Array.isArray(destination);
}

function placeName(destination: Destination, place: number): string {
  return pulumi.Resource.isInstance(destination) ? pulumi.resourceName(destination) : String(place);
}

/** What `Peer` says of a prefix list. */
export function isPrefixListPeer(destination: Single): destination is PrefixListPeer {
  return !pulumi.Output.isInstance(destination) && isRecord(destination) && "prefixListName" in destination;
}

/** A prefix list itself, and not its id: it has what only lists have, or an id as they do. */
export function isPrefixList(destination: Single): destination is PrefixListResource {
  if (isLater(destination) || !isRecord(destination)) return false;
  const { id, maxEntries } = destination;
  return isGiven(id) && (isGiven(maxEntries) || (typeof id === "string" && id.startsWith("pl-")));
}

/** What `Peer` says of a group of another account. */
export function isGroupPeer(destination: Single): destination is GroupPeer {
  return !pulumi.Output.isInstance(destination) && isRecord(destination) && "securityGroup" in destination;
}
