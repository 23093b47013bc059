import { DESTINATION_PROPERTY } from "../../provider/rule/destination";
import { type Failure, failuresText } from "../../provider/rule/failure";
import { parse } from "../../provider/rule/parse";
import { isGiven } from "../../provider/rule/record";
import { ruleOf } from "../../provider/rule/rule";
import { isUnknown, UNKNOWN } from "../../provider/rule/unknown";
import { type Groups, namesOf, whatText } from "./groups";
import type { Traffic } from "./model";
import { type Called, type Given, inputOf, OWN_GROUP, type SaidDestination, type SaidRule } from "./reader";
import { dependenciesOf, type Resource } from "./resource";
import { isSecret, known } from "./secret";
import { nameOf, typeOf } from "./urn";

/** The traffic that a rule allows, or a text that says what is unknown about it. */
export type Canonical = { readonly traffic: Traffic } | { readonly what: string };

/** Converts a rule to canonical form, with the same parser that this package's own resources use. */
export function canonical(rule: SaidRule, resource: Resource, groups: Groups): Canonical {
  const read = readRule(rule, resource, groups);
  return "what" in read && rule.called !== undefined ? { what: calledText(resource, rule.called) } : read;
}

function readRule(rule: SaidRule, resource: Resource, groups: Groups): Canonical {
  const { doubt, protocol, from, to, destinations } = rule;
  if (doubt !== undefined) return { what: calledText(resource, doubt) };
  for (const given of [protocol, from, to]) {
    if (given !== undefined && isUnknown(known(given.value))) return { what: whatText(resource, given) };
  }
  const [destination, ...others] = destinations;
  if (destination === undefined) return { what: "it has no destination" };
  if (others.length > 0)
    return { what: `it is unknown which of ${inputsOf(destinations)} is its destination` };

  const place = placeOf(destination, rule, resource, groups);
  if ("what" in place) return place;
  const property = DESTINATION_PROPERTY[destination.kind];
  const parsed = parse({
    securityGroupId: UNKNOWN,
    ipProtocol: known(protocol.value),
    fromPort: known(from?.value),
    toPort: known(to?.value),
    [property]: place.value,
  });
  if ("failures" in parsed) return { what: failuresText(inOwnWords(parsed.failures, rule)) };
  const { protocol: name, ports, destination: parsedDestination } = ruleOf(parsed.inputs);
  if (parsedDestination === undefined) return { what: "it has no destination" };
  const { kind, value } = parsedDestination;
  const label = place.label ?? (kind === "securityGroup" ? groups.withId(value).label : value);
  return {
    traffic: {
      protocol: name,
      ...(ports !== undefined && { ports }),
      destination: { kind, value: label },
    },
  };
}

/** The value of a destination, with a label if it does not exist yet; or a text that says what is unknown. */
type Place = { readonly value: unknown; readonly label?: string } | { readonly what: string };

function placeOf({ kind, is }: SaidDestination, rule: SaidRule, resource: Resource, groups: Groups): Place {
  if (is === OWN_GROUP) {
    const { label, unknown } = groups.find(resource, rule.group);
    return unknown === undefined ? { value: UNKNOWN, label } : { what: unknown };
  }
  const value = known(is.value);
  if (!isUnknown(value)) return { value };
  if (kind === "securityGroup") {
    const { label, unknown } = groups.find(resource, is);
    return unknown === undefined ? { value, label } : { what: unknown };
  }
  const [source, ...others] = dependenciesOf(resource, inputOf(is.name)) ?? [];
  const isList = kind === "prefixList" && !isSecret(is.value) && others.length === 0;
  return isList && source !== undefined && PREFIX_LISTS.has(typeOf(source))
    ? { value, label: nameOf(source) }
    : { what: whatText(resource, is) };
}

const PREFIX_LISTS: ReadonlySet<string> = new Set([
  "aws:ec2/managedPrefixList:ManagedPrefixList",
  "aws-native:ec2:PrefixList",
]);

function calledText(resource: Resource, { name, text }: Called): string {
  const sources = dependenciesOf(resource, inputOf(name)) ?? [];
  return sources.length === 0 ? text : `${text}, which comes from ${namesOf(sources)}`;
}

function inputsOf(destinations: SaidRule["destinations"]): string {
  return destinations.map(({ is }) => (is === OWN_GROUP ? "self" : is.name)).join(" and ");
}

/** Replaces the property names of this package in parser errors with those of the rule's own resource. */
function inOwnWords(failures: readonly Failure[], { protocol, from, to, destinations }: SaidRule): Failure[] {
  const own = new Map<string, string>();
  const name = (property: string, given: Given | undefined) => {
    if (given !== undefined && isGiven(given.name)) own.set(property, given.name);
  };
  name("ipProtocol", protocol);
  name("fromPort", from);
  name("toPort", to);
  for (const { kind, is } of destinations) {
    if (is !== OWN_GROUP) name(DESTINATION_PROPERTY[kind], is);
  }
  return failures.map(({ property, reason }) => ({ property: own.get(property) ?? property, reason }));
}
