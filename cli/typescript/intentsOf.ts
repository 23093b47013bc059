import { SERVICES, type Service, type ServiceName } from "../../components/catalogue";
import { portName } from "../../components/port";
import { isBlank } from "../../provider/rule/description";
import { canReach } from "../../provider/rule/icmp";
import { ALL_PROTOCOLS } from "../../provider/rule/protocol";
import { intentService } from "./destinationSource";
import { titleOf } from "./intentSource";
import type { SourceDestination, SourceIntent, SourceRule, SourceTraffic } from "./source";

/** An intent, and the rules that it replaces. */
export interface IntentOf<Rule extends SourceRule> extends SourceIntent {
  readonly rules: readonly Rule[];
}

/**
 * Converts rules to intents of the catalogue, or to intents by port if no service matches.
 *
 * Rules of the same service with the same description and tags become one intent. The rules must not contain
 * duplicates.
 */
export function intentsOf<Rule extends SourceRule>(rules: readonly Rule[]): IntentOf<Rule>[] {
  const intents = new Map<string, IntentOf<Rule>>();
  for (const alike of grouped(rules, (rule) => `${destinationKey(rule.to)} ${reasonKey(rule)}`)) {
    for (const { traffic, served } of trafficsOf(alike)) {
      const [one] = served;
      const intentKey = `${trafficKey(traffic, one)} ${reasonKey(one)}`;
      const { to = [], rules: before = [] } = intents.get(intentKey) ?? {};
      intents.set(intentKey, {
        traffic,
        to: [...to, one.to],
        description: one.description ?? "",
        ...(one.tags && { tags: one.tags }),
        rules: [...before, ...served],
      });
    }
  }
  const sorted = [...intents.values()].map((intent) => ({
    ...intent,
    to: [...intent.to].sort(byDestination),
  }));
  return sorted.sort(byTraffic);
}

interface Served<Rule> {
  readonly traffic: SourceTraffic;
  readonly served: AtLeastOne<Rule>;
}

type AtLeastOne<T> = readonly [T, ...T[]];

/** The traffic of rules with the same destination and reason: services as far as they match, then ports. */
function trafficsOf<Rule extends SourceRule>(rules: AtLeastOne<Rule>): Served<Rule>[] {
  const [{ to, description = "" }] = rules;
  const left = new Map(rules.map((rule) => [portName(rule.port), rule]));
  const found: Served<Rule>[] = [];
  for (const { traffic, ports } of candidates(to, description)) {
    const [one, ...others] = ports.flatMap((port) => left.get(portName(port)) ?? []);
    if (one === undefined || others.length + 1 < ports.length) continue;
    found.push({ traffic, served: [one, ...others] });
    for (const port of ports) left.delete(portName(port));
  }
  return [...found, ...[...left.values()].map((rule): Served<Rule> => ({ traffic: rule, served: [rule] }))];
}

/** The services that could match, most likely first: by matching description, then by the number of ports. */
function candidates(to: SourceDestination, description: string) {
  const ofCatalogue = CATALOGUE.map(({ traffic, ports }) => ({
    traffic,
    ports: ports.filter(({ protocol }) => canReach(protocol, to.kind)),
  })).filter(({ traffic, ports }) => {
    // "everything" requires a reason.
    const mayBe = traffic.service !== "everything" || !isBlank(description);
    return mayBe && ports.length > 0;
  });
  const likeliest = ofCatalogue.sort(
    (one, other) =>
      Number(titleOf(other.traffic) === description) - Number(titleOf(one.traffic) === description) ||
      other.ports.length - one.ports.length,
  );
  const awsService = intentService(to);
  if (awsService === undefined) return likeliest;
  return [{ traffic: { awsService }, ports: SERVICES.https.variants.tcp }, ...likeliest];
}

/** All variants of all services. */
const CATALOGUE = Object.entries(SERVICES).flatMap(([name, { variants }]: [string, Service]) =>
  Object.entries(variants).flatMap(([variant, ports]) =>
    isServiceName(name) ? [{ traffic: { service: name, variant }, ports }] : [],
  ),
);

function isServiceName(name: string): name is ServiceName {
  return name in SERVICES;
}

function trafficKey(traffic: SourceTraffic, { to }: SourceRule): string {
  if ("awsService" in traffic) return traffic.awsService;
  if ("service" in traffic) return `${traffic.service} ${traffic.variant}`;
  // A component omits a destination that it cannot reach, so it must not share an intent with one that it can.
  return `${portName(traffic.port)} ${canReach(traffic.port.protocol, to.kind)}`;
}

function reasonKey({ description = "", tags = {} }: SourceRule): string {
  return JSON.stringify([description, Object.entries(tags).sort()]);
}

function destinationKey({ kind, value, ownerId = "" }: SourceDestination): string {
  return `${kind}:${ownerId}:${value}`;
}

/** Sorts in the order of the catalogue, then by ports. */
function byTraffic(one: SourceIntent, other: SourceIntent): number {
  return compare(orderOf(one), orderOf(other));
}

function orderOf({ traffic, description, to }: SourceIntent): string {
  const place = (name: ServiceName) => String(Object.keys(SERVICES).indexOf(name)).padStart(3, "0");
  const rest = `${description} ${to.map(destinationKey).join()}`;
  if ("port" in traffic) {
    const { protocol, fromPort = 0, toPort = 0 } = traffic.port;
    const ports = [fromPort, toPort].map((port) => String(port + 1).padStart(6, "0"));
    // "~" sorts after all letters, so all protocols come last.
    return `999 ${protocol === ALL_PROTOCOLS ? "~" : protocol} ${ports.join()} ${rest}`;
  }
  if ("awsService" in traffic) return `${place("https")} to ${traffic.awsService} ${rest}`;
  return `${place(traffic.service)} ${traffic.variant} ${rest}`;
}

function byDestination(one: SourceDestination, other: SourceDestination): number {
  return destinationKey(one).localeCompare(destinationKey(other), "en", { numeric: true });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Iterable<AtLeastOne<T>> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups.values();
}
