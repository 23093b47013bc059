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
 * A destination: an IPv4 or IPv6 CIDR, a security group or prefix list (its id or the resource), or a value that `Peer`
 * returns. An Output may resolve to one CIDR or id, or to a list of them.
 */
export type Destination =
  | pulumi.Input<string | readonly string[]>
  | GroupResource
  | GroupPeer
  | PrefixListResource
  | PrefixListPeer;

/** One or more destinations. */
export type Destinations = Destination | readonly Destination[];

/** A destination as the arguments of a set's rule, or an Output of one or more destinations. */
export type SaidDestination = {
  /** Equal for equal destinations, however they are written. */
  readonly key: string;
} & (
  | { readonly kind: DestinationKind; readonly args: EgressDestination | AnyDestinations }
  | { readonly later: pulumi.Output<string | readonly string[]> }
);

/** Lists the destinations; anything else fails the program. */
export function destinationsOf(where: string, to: Destinations): readonly SaidDestination[] {
  return listOf(where, to).map(([place, destination]) => said(where, place, destination));
}

/** Fails the program if there is no destination. */
export function checkDestinations(where: string, to: Destinations): void {
  listOf(where, to);
}

/** Whether the value is a list of destinations. */
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

const REMEDY = "specify CIDRs, security groups, prefix lists, or Peer values";

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

/** Whether the value is a prefix list that `Peer` returned. */
function isPrefixListPeer(destination: unknown): destination is PrefixListPeer {
  return isRecord(destination) && typeof destination.prefixListName === "string";
}

/** Whether the value is a prefix list resource: it has a property that only lists have, or the id of a list. */
function isPrefixList(destination: unknown): destination is PrefixListResource {
  if (!isRecord(destination)) return false;
  const { id, maxEntries } = destination;
  return isGiven(id) && (isGiven(maxEntries) || (typeof id === "string" && id.startsWith("pl-")));
}

/** Whether the value is a group of another account that `Peer` returned. */
function isGroupPeer(destination: unknown): destination is GroupPeer {
  return isRecord(destination) && "securityGroup" in destination;
}
