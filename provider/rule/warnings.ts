import { Address4, Address6 } from "ip-address";
import { canReach } from "./icmp";
import { ALL_PROTOCOLS, hasPorts } from "./protocol";
import type { UnknownRecord } from "./record";
import { type Rule, type RuleInputs, ruleOf, ruleText } from "./rule";

export const WARNING_KINDS = [
  "hostBits",
  "contained",
  "family",
  "unfiltered",
  "smtp",
  "ephemeralPorts",
  "anywhere",
  "weight",
] as const;

/** Arguments that are often a mistake. */
export type WarningKind = (typeof WARNING_KINDS)[number];

export function isWarningKind(value: unknown): value is WarningKind {
  return WARNING_KINDS.some((kind) => kind === value);
}

export interface Warning {
  readonly kind: WarningKind;
  readonly text: string;
}

/** Destinations that security groups do not filter: EC2's link-local services, in either family. */
export const UNFILTERED_CIDRS = ["169.254.0.0/16", "fd00:ec2::/32"] as const;
const UNFILTERED = UNFILTERED_CIDRS.flatMap((cidr) => addressOf(cidr) ?? []);

const SMTP_PORT = 25;
/** Where ephemeral ports begin: Linux (32768), IANA and Windows (49152), and old clients (1024). */
const EPHEMERAL_STARTS = [1024, 32768, 49152];
/** Where Linux's ephemeral ports end; the others end at 65535. */
const EPHEMERAL_END = 60999;

/** The warnings about one rule alone, from its canonical form and its raw arguments. */
export function warningsOf(inputs: RuleInputs, given: UnknownRecord): Warning[] {
  const rule = ruleOf(inputs);
  return [
    ...warnIf("hostBits", hostBitsText(given.cidrIpv4 ?? given.cidrIpv6)),
    ...warnIf("family", familyText(rule)),
    ...warnIf("unfiltered", unfilteredText(rule)),
    ...warnIf("smtp", smtpText(rule)),
    ...warnIf("ephemeralPorts", ephemeralText(rule)),
    ...warnIf("anywhere", anywhereText(rule)),
  ];
}

function warnIf(kind: WarningKind, text: string | undefined): Warning[] {
  return text === undefined ? [] : [{ kind, text }];
}

function hostBitsText(cidr: unknown): string | undefined {
  const address = typeof cidr === "string" ? addressOf(cidr) : undefined;
  if (!address || address.startAddress().correctForm() === address.correctForm()) return undefined;
  const network = `${address.startAddress().correctForm()}/${address.subnetMask}`;
  const bits = (address instanceof Address4 ? 32 : 128) - address.subnetMask;
  const count = bits <= 32 ? (2 ** bits).toLocaleString("en-US") : `2^${bits}`;
  return `"${cidr}" allows all ${count} addresses of ${network}: write that, or a longer prefix`;
}

/**
 * EC2 accepts such a rule, so this is a warning: a component also creates one if only an Output gives its destination,
 * and check cannot distinguish that from an explicit rule.
 *
 * Source: hashicorp/terraform-provider-aws#9569, hashicorp/terraform#14014.
 */
function familyText(rule: Rule): string | undefined {
  const { protocol, destination } = rule;
  if (destination === undefined || canReach(protocol, destination.kind)) return undefined;
  const [name, own, other, instead] =
    protocol === "icmp" ? ["ICMP", "IPv4", "IPv6", "icmpv6"] : ["ICMPv6", "IPv6", "IPv4", "icmp"];
  return `${ruleText(rule)} allows nothing, because ${name} is for ${own}: for ${other} use ${instead}, whose types have other numbers`;
}

function unfilteredText(rule: Rule): string | undefined {
  const address = rule.destination && addressOf(rule.destination.value);
  if (
    !address ||
    !UNFILTERED.some((network) => sameFamily(network, address) && address.isInSubnet(network))
  ) {
    return undefined;
  }
  return `${ruleText(rule)} is not filtered by security groups (DNS, time, metadata): the rule is unnecessary, and removing it blocks nothing`;
}

function smtpText(rule: Rule): string | undefined {
  const ports = rule.protocol === "tcp" ? knownPorts(rule) : undefined;
  if (!ports || ports.from !== SMTP_PORT || ports.to !== SMTP_PORT) return undefined;
  return `${ruleText(rule)}: EC2 blocks port 25 until AWS lifts the restriction on request; use port 587 to submit mail`;
}

function ephemeralText(rule: Rule): string | undefined {
  const ports = hasPorts(rule.protocol) ? knownPorts(rule) : undefined;
  if (!ports || !EPHEMERAL_STARTS.includes(ports.from) || ports.to < EPHEMERAL_END) return undefined;
  return `${ruleText(rule)} looks like ephemeral ports: return traffic needs no rule, because security groups are stateful`;
}

function anywhereText(rule: Rule): string | undefined {
  const address = rule.destination && addressOf(rule.destination.value);
  const ports = knownPorts(rule);
  const allPorts = rule.protocol === ALL_PROTOCOLS || (ports?.from === 0 && ports.to === 65535);
  if (address?.subnetMask !== 0 || !allPorts) return undefined;
  return `${ruleText(rule)} allows every port to every ${address instanceof Address4 ? "IPv4" : "IPv6"} address`;
}

function knownPorts({ ports }: Rule): { from: number; to: number } | undefined {
  return typeof ports?.from === "number" && typeof ports.to === "number"
    ? { from: ports.from, to: ports.to }
    : undefined;
}

function addressOf(cidr: string): Address4 | Address6 | undefined {
  if (Address4.isValid(cidr)) return new Address4(cidr);
  return Address6.isValid(cidr) ? new Address6(cidr) : undefined;
}

function sameFamily(one: Address4 | Address6, other: Address4 | Address6): boolean {
  return one instanceof Address4 === other instanceof Address4;
}
