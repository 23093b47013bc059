import * as pulumi from "@pulumi/pulumi";
import type { EgressRuleArgs } from "../provider/dynamic/egressRuleArgs";
import { type GroupReference, isGroup } from "../provider/dynamic/groupReference";
import { laterName } from "../provider/dynamic/laterName";
import { parseCidrIpv4, parseCidrIpv6 } from "../provider/rule/cidr";
import {
  DESTINATION_KINDS,
  DESTINATION_PROPERTY,
  type DestinationKind,
  type DestinationProperty,
} from "../provider/rule/destination";
import { quoteName } from "../provider/rule/failure";
import {
  type Destination,
  type Destinations,
  entriesOf,
  isGroupPeer,
  isPrefixList,
  isPrefixListPeer,
  type Single,
} from "./destinationEntries";
import type { GroupPeer } from "./peer";

/** A destination as arguments of a rule, and its kind where that is known now. */
export interface NamedDestination {
  readonly name: string;
  readonly kind: DestinationKind | undefined;
  readonly args: DestinationArgs;
}

type DestinationArgs = Pick<
  EgressRuleArgs,
  DestinationProperty | "prefixListName" | "referencedSecurityGroupOwnerId"
>;

/** The destinations by what they are; one that is said twice, in whatever spelling, is there once. */
export function namedDestinations(component: string, to: Destinations): NamedDestination[] {
  const sources = new Map<string, Single>();
  const named = new Map<string, NamedDestination>();
  for (const [key, destination] of entriesOf(component, to)) {
    const found = nameDestination(key, destination);
    const other = sources.get(found.name);
    if (other !== undefined && !isSame(other, destination)) {
      throw new pulumi.RunError(
        `${component}: "to" leads to two different things named ${quoteName(found.name)}: give them names of their own in a record, { one: …, other: … }`,
      );
    }
    sources.set(found.name, destination);
    named.set(found.name, found);
  }
  return [...named.values()];
}

/** A destination as arguments of a rule, by a key that is the same for the same destination. */
export interface KeyedDestination extends Omit<NamedDestination, "name"> {
  readonly key: string;
}

/** The destinations of what is no component, and so has no children to name. */
export function destinationsOf(
  where: string,
  to: Destination | readonly Destination[],
): readonly KeyedDestination[] {
  const list: readonly Destination[] = isSeveralOf(to) ? to : [to];
  return entriesOf(where, list).map(([place, destination]) => {
    const { name, kind, args } = nameDestination(place, destination);
    return { key: isSaid(destination) ? name : laterKey(destination), kind, args };
  });
}

function isSeveralOf(to: Destination | readonly Destination[]): to is readonly Destination[] {
  return Array.isArray(to);
}

/** Whether the destination's name says all there is. */
function isSaid(destination: Single): boolean {
  return typeof destination === "string" || isPrefixListPeer(destination);
}

function laterKey(destination: Single): string {
  if (isGroupPeer(destination)) {
    return `${laterName(idOf(destination.securityGroup))} of ${laterName(destination.ownerId)}`;
  }
  return laterName(idOf(destination));
}

function idOf(destination: Exclude<Single, GroupPeer>): unknown {
  return isGroup(destination) || isPrefixList(destination) ? destination.id : destination;
}

/** Whether two destinations of one name are the same: the names of texts say all there is. */
function isSame(one: Single, other: Single): boolean {
  if (typeof one === "string" && typeof other === "string") return true;
  if (isPrefixListPeer(one) && isPrefixListPeer(other)) return one.prefixListName === other.prefixListName;
  return one === other;
}

function nameDestination(key: string, destination: Single): NamedDestination {
  if (typeof destination === "string") {
    const kind = kindOf(destination);
    return { name: nameOfText(destination), kind, args: { [DESTINATION_PROPERTY[kind]]: destination } };
  }
  if (isPrefixListPeer(destination)) {
    const { prefixListName } = destination;
    return { name: prefixListName.replace("{region}.", ""), kind: "prefixList", args: { prefixListName } };
  }
  if (isPrefixList(destination)) {
    return { name: key, kind: "prefixList", args: { prefixListId: destination.id } };
  }
  if (isGroupPeer(destination)) {
    const { securityGroup, ownerId } = destination;
    const args = { referencedSecurityGroupId: securityGroup, referencedSecurityGroupOwnerId: ownerId };
    return { name: groupName(key, securityGroup), kind: "securityGroup", args };
  }
  if (isGroup(destination)) {
    return { name: key, kind: "securityGroup", args: { referencedSecurityGroupId: destination } };
  }
  return { name: key, kind: undefined, args: laterArgs(pulumi.output(destination)) };
}

function groupName(key: string, group: GroupReference): string {
  if (typeof group === "string") return group;
  return pulumi.Resource.isInstance(group) ? pulumi.resourceName(group) : key;
}

/** In canonical form, and without `::`, by which the parts of a URN are told apart. */
function nameOfText(text: string): string {
  const ignore = () => {};
  const canonical = parseCidrIpv4(text, ignore) ?? parseCidrIpv6(text, ignore) ?? text;
  return canonical.replaceAll(":", "-");
}

/** What it is shows when its value is known: then all but one of these are undefined. */
function laterArgs(value: pulumi.Output<string>): DestinationArgs {
  const args: DestinationArgs = {};
  for (const kind of DESTINATION_KINDS) {
    args[DESTINATION_PROPERTY[kind]] = value.apply((text) => (kindOf(text) === kind ? text : undefined));
  }
  return args;
}

/** What is none of these goes where a CIDR would, for check to say what is wrong with it. */
function kindOf(text: string): DestinationKind {
  // An Output may come to anything.
  if (typeof text !== "string") return "ipv4";
  if (text.startsWith("pl-")) return "prefixList";
  if (text.startsWith("sg-") || /^\d{12}\/sg-/.test(text)) return "securityGroup";
  return text.includes(":") ? "ipv6" : "ipv4";
}
