import * as pulumi from "@pulumi/pulumi";
import type { AnyDestinations, EgressDestination } from "../provider/dynamic/destinationArgs";
import { type GroupReference, type GroupResource, isGroup } from "../provider/dynamic/groupReference";
import { isLater } from "../provider/dynamic/later";
import { laterName } from "../provider/dynamic/laterName";
import { otherThanGroup } from "../provider/dynamic/otherThanGroup";
import { parseCidrIpv4, parseCidrIpv6 } from "../provider/rule/cidr";
import { type DestinationKind, destinationKind } from "../provider/rule/destination";
import { isGiven, isRecord } from "../provider/rule/record";
import type { GroupPeer, PrefixListPeer, PrefixListResource } from "./peer";
import { refuse } from "./shape";

/**
 * Where traffic may go: a CIDR of either family, a security group or a prefix list (its id, or the resource), or what
 * `Peer` makes. An Output may come to one CIDR or id, or to a list of them.
 */
export type Destination =
  | pulumi.Input<string | readonly string[]>
  | GroupResource
  | GroupPeer
  | PrefixListResource
  | PrefixListPeer;

/** One destination, or several. */
export type Destinations = Destination | readonly Destination[];

/** A destination as arguments of a set's rule, or an Output that will tell one or several. */
export type SaidDestination = {
  /** The same for the same destination, in whatever spelling. */
  readonly key: string;
} & (
  | { readonly kind: DestinationKind; readonly args: EgressDestination | AnyDestinations }
  | { readonly later: pulumi.Output<string | readonly string[]> }
);

/** The destinations that are given; what is not a destination fails the program. */
export function destinationsOf(where: string, to: Destinations): readonly SaidDestination[] {
  return listOf(where, to).map(([place, destination]) => said(where, place, destination));
}

/** Fails the program where no destination is given. */
export function checkDestinations(where: string, to: Destinations): void {
  listOf(where, to);
}

/** Whether destinations are given as a list. */
export function isSeveral(to: Destinations): to is readonly Destination[];
export function isSeveral(to: string | readonly string[]): to is readonly string[];
export function isSeveral(to: unknown): boolean {
  return Array.isArray(to);
}

function listOf(where: string, to: Destinations): (readonly [place: string, destination: Destination])[] {
  if (!isSeveral(to)) return isGiven(to) ? [["to", to]] : refuse(where, "to", to, REMEDY);
  if (to.length === 0) return refuseEmpty(where, "to");
  return to.flatMap((one, place) => {
    const at = `to[${place}]`;
    if (!isSeveral(one)) return [[at, one] as const];
    if (one.length === 0) return refuseEmpty(where, at);
    return one.map((inner, innerPlace) => [`${at}[${innerPlace}]`, inner] as const);
  });
}

const REMEDY = "specify CIDRs, groups, prefix lists, or what Peer makes";

function refuseEmpty(where: string, place: string): never {
  throw new pulumi.RunError(
    `${where}: "${place}" is empty: specify a destination, as nothing is allowed by default`,
  );
}

function said(where: string, place: string, destination: Destination): SaidDestination {
  if (isLater(destination)) {
    return { key: laterName(destination), later: pulumi.output(destination) };
  }
  if (typeof destination === "string") {
    const kind = destinationKind(destination);
    return { key: keyOfText(destination), kind, args: { to: destination } };
  }
  if (isPrefixListPeer(destination)) {
    const { prefixListName } = destination;
    return { key: prefixListName, kind: "prefixList", args: { prefixListName } };
  }
  if (isPrefixList(destination)) {
    const { id } = destination;
    return { key: laterName(id), kind: "prefixList", args: { prefixListId: id } };
  }
  if (isGroupPeer(destination)) {
    const { securityGroup, ownerId } = destination;
    if (otherThanGroup(securityGroup) !== undefined) return refuse(where, place, securityGroup, REMEDY);
    const args = { referencedSecurityGroupId: securityGroup, referencedSecurityGroupOwnerId: ownerId };
    return { key: `${laterName(idOf(securityGroup))} of ${laterName(ownerId)}`, kind: "securityGroup", args };
  }
  if (isGroup(destination) && otherThanGroup(destination) === undefined) {
    const args = { referencedSecurityGroupId: destination };
    return { key: laterName(destination.id), kind: "securityGroup", args };
  }
  return refuse(where, place, destination, REMEDY);
}

function keyOfText(text: string): string {
  const ignore = () => {};
  return parseCidrIpv4(text, ignore) ?? parseCidrIpv6(text, ignore) ?? text;
}

function idOf(group: GroupReference): unknown {
  return isGroup(group) ? group.id : group;
}

/** What `Peer` makes of a prefix list. */
function isPrefixListPeer(destination: unknown): destination is PrefixListPeer {
  return isRecord(destination) && typeof destination.prefixListName === "string";
}

/** A prefix list itself, and not its id: it has what only lists have, or an id as they do. */
function isPrefixList(destination: unknown): destination is PrefixListResource {
  if (!isRecord(destination)) return false;
  const { id, maxEntries } = destination;
  return isGiven(id) && (isGiven(maxEntries) || (typeof id === "string" && id.startsWith("pl-")));
}

/** What `Peer` makes of a group of another account. */
function isGroupPeer(destination: unknown): destination is GroupPeer {
  return isRecord(destination) && "securityGroup" in destination;
}
