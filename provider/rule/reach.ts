import { Address4, Address6 } from "ip-address";
import { ALL_ICMP } from "./icmp";
import { ALL_PROTOCOLS, isIcmp } from "./protocol";
import type { CanonicalDestination, Rule } from "./rule";
import { isUnknown } from "./unknown";

/** What a rule allows, as comparable ranges. Ranges include both ends. */
export interface Reach {
  readonly protocol: string;
  /** Ports; for ICMP the type times 256 plus the code; everything for protocols with neither. */
  readonly numbers: Range<number>;
  /** What the destination's numbers count: the addresses of a family; a group or prefix list has no numbers. */
  readonly space: string;
  readonly addresses: Range<bigint>;
}

export interface Range<N> {
  readonly first: N;
  readonly last: N;
}

/** Every port, and every ICMP type and code. */
const EVERY_NUMBER: Range<number> = { first: 0, last: 65535 };
const NO_ADDRESSES: Range<bigint> = { first: 0n, last: 0n };

/** What a canonical rule allows; undefined while that is unknown. */
export function reachOf({ protocol, ports, destination }: Omit<Rule, "securityGroupId">): Reach | undefined {
  const numbers = numbersOf(protocol, ports);
  if (isUnknown(protocol) || numbers === undefined) return undefined;
  if (destination === undefined || isUnknown(destination.value)) return undefined;
  return { protocol, numbers, ...placeOf(destination) };
}

/** Whether the other reach already covers this one. */
export function contains(outer: Reach, inner: Reach): boolean {
  return (
    (outer.protocol === ALL_PROTOCOLS || outer.protocol === inner.protocol) &&
    outer.space === inner.space &&
    within(outer.numbers, inner.numbers) &&
    within(outer.addresses, inner.addresses)
  );
}

/** Whether two reaches overlap. */
export function overlaps(one: Reach, other: Reach): boolean {
  return (
    (one.protocol === other.protocol || [one.protocol, other.protocol].includes(ALL_PROTOCOLS)) &&
    one.space === other.space &&
    meet(one.numbers, other.numbers) &&
    meet(one.addresses, other.addresses)
  );
}

function meet<N extends number | bigint>(one: Range<N>, other: Range<N>): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function within<N extends number | bigint>(outer: Range<N>, inner: Range<N>): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function numbersOf(protocol: string, ports: Rule["ports"]): Range<number> | undefined {
  if (ports === undefined) return EVERY_NUMBER;
  const { from, to } = ports;
  if (isUnknown(from) || isUnknown(to)) return undefined;
  if (!isIcmp(protocol)) return { first: from, last: to };
  if (from === ALL_ICMP) return EVERY_NUMBER;
  return to === ALL_ICMP
    ? { first: from * 256, last: from * 256 + 255 }
    : { first: from * 256 + to, last: from * 256 + to };
}

function placeOf({ kind, value }: CanonicalDestination): Pick<Reach, "space" | "addresses"> {
  if (kind === "ipv4") return { space: kind, addresses: addressesOf(new Address4(value)) };
  if (kind === "ipv6") return { space: kind, addresses: addressesOf(new Address6(value)) };
  return { space: `${kind} ${value}`, addresses: NO_ADDRESSES };
}

function addressesOf(cidr: Address4 | Address6): Range<bigint> {
  return { first: cidr.startAddress().bigInt(), last: cidr.endAddress().bigInt() };
}
