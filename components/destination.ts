import * as pulumi from "@pulumi/pulumi";
import type { EgressRuleArgs } from "../provider/dynamic/egressRule";
import { type GroupReference, isGroup } from "../provider/dynamic/groupReference";
import { parseCidrIpv4, parseCidrIpv6 } from "../provider/rule/cidr";
import {
  DESTINATION_KINDS,
  DESTINATION_PROPERTY,
  type DestinationProperty,
} from "../provider/rule/destination";

/**
 * Where traffic may go: a CIDR of either family, a security group (its id, an Output, or the resource), or the id of
 * a prefix list.
 */
export type Destination = GroupReference;

/**
 * Destinations, as a list or as a record.
 *
 * A rule is named by what it leads to. Where only EC2 will know that, as of a group made in the same program, it is
 * named by the record's key; in a list by the resource's name or, for a bare Output, by its place.
 */
export type Destinations = readonly Destination[] | { readonly [key: string]: Destination };

/** A destination as arguments of a rule. */
export type DestinationArgs = Pick<EgressRuleArgs, DestinationProperty>;

/** The destinations by name; one that is said twice, in whatever spelling, is there once. */
export function namedDestinations(component: string, to: Destinations): Map<string, DestinationArgs> {
  const named = new Map<string, Destination>();
  for (const [key, destination] of entriesOf(component, to)) {
    const name = typeof destination === "string" ? nameOfText(destination) : key;
    const other = named.get(name);
    if (other !== undefined && other !== destination && typeof destination !== "string") {
      throw new pulumi.RunError(
        `${component}: "to" leads to two different things named "${name}": give them names of their own in a record, { one: …, other: … }`,
      );
    }
    named.set(name, destination);
  }
  return new Map([...named].map(([name, destination]) => [name, argsOf(destination)]));
}

function entriesOf(component: string, to: Destinations): [key: string, destination: Destination][] {
  const entries: [string, Destination][] = isList(to)
    ? to.map((destination, place) => [placeName(destination, place), destination])
    : Object.entries(to);
  if (entries.length === 0) {
    throw new pulumi.RunError(
      `${component}: "to" is empty: name a destination, as nothing is opened by default`,
    );
  }
  for (const [key, destination] of entries) {
    if (destination === undefined || destination === null) {
      throw new pulumi.RunError(
        `${component}: "to" holds no destination at "${key}": give it one or leave it out`,
      );
    }
  }
  return entries;
}

function isList(to: Destinations): to is readonly Destination[] {
  return Array.isArray(to);
}

function placeName(destination: Destination, place: number): string {
  return pulumi.Resource.isInstance(destination) ? pulumi.resourceName(destination) : String(place);
}

/** In canonical form, and without `::`, by which the parts of a URN are told apart. */
function nameOfText(text: string): string {
  const ignore = () => {};
  const canonical = parseCidrIpv4(text, ignore) ?? parseCidrIpv6(text, ignore) ?? text;
  return canonical.replaceAll(":", "-");
}

function argsOf(destination: Destination): DestinationArgs {
  if (typeof destination === "string") return { [propertyFor(destination)]: destination };
  if (isGroup(destination)) return { referencedSecurityGroupId: destination };
  // What it is shows when it is known: then all but one of these are undefined.
  const value = pulumi.output(destination);
  const args: DestinationArgs = {};
  for (const kind of DESTINATION_KINDS) {
    const property = DESTINATION_PROPERTY[kind];
    args[property] = value.apply((text) => (propertyFor(text) === property ? text : undefined));
  }
  return args;
}

/** What is none of these goes where a CIDR would, for check to say what is wrong with it. */
function propertyFor(text: string): DestinationProperty {
  if (text.startsWith("pl-")) return DESTINATION_PROPERTY.prefixList;
  if (text.startsWith("sg-") || /^\d{12}\/sg-/.test(text)) return DESTINATION_PROPERTY.securityGroup;
  return text.includes(":") ? DESTINATION_PROPERTY.ipv6 : DESTINATION_PROPERTY.ipv4;
}
