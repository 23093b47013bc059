import type { UnknownRecord } from "../../provider/rule/record";

/** A rule's identity in EC2, as numbers, computed without the code under test. */
export interface ModelRule {
  readonly group: string;
  /** -1 means all. */
  readonly protocol: number;
  /** Ports, or an ICMP type and code; none for other protocols. */
  readonly ports: readonly [from: number, to: number] | undefined;
  readonly destination: ModelRange | ModelId;
}

interface ModelRange {
  readonly kind: "cidrIpv4" | "cidrIpv6";
  readonly network: bigint;
  readonly length: number;
}

interface ModelId {
  readonly kind: "prefixListId" | "referencedSecurityGroupId";
  readonly id: string;
}

/** What EC2 returns for a rule, by argument name. */
export function canonicalForm({ group, protocol, ports, destination }: ModelRule): UnknownRecord {
  return {
    securityGroupId: group,
    ipProtocol: NAMES[protocol] ?? String(protocol),
    ...(ports && { fromPort: ports[0], toPort: ports[1] }),
    [destination.kind]: "id" in destination ? destination.id : canonicalRange(destination),
  };
}

export function isSameRule(one: ModelRule, other: ModelRule): boolean {
  const text = (model: ModelRule) =>
    JSON.stringify(model, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  return text(one) === text(other);
}

export const NAMES: { readonly [protocol: number]: string } = {
  1: "icmp",
  6: "tcp",
  17: "udp",
  58: "icmpv6",
};
export const ICMP_TYPES: { readonly [protocol: number]: { readonly [type: number]: string } } = {
  1: { [-1]: "all", 0: "echo-reply", 3: "destination-unreachable", 8: "echo-request", 11: "time-exceeded" },
  58: { [-1]: "all", 1: "destination-unreachable", 2: "packet-too-big", 128: "echo-request" },
};
export const BITS = { cidrIpv4: 32, cidrIpv6: 128 };

export function masked({ kind, network, length }: ModelRange): ModelRange {
  const hostBits = BigInt(BITS[kind] - length);
  return { kind, network: (network >> hostBits) << hostBits, length };
}

function canonicalRange({ kind, network, length }: ModelRange): string {
  return `${kind === "cidrIpv4" ? dotted(network) : compressed(groupsOf(network))}/${length}`;
}

/** The last 32 bits, written as IPv4. */
export function dotted(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join(".");
}

export function groupsOf(address: bigint): number[] {
  return Array.from({ length: 8 }, (_, place) => Number((address >> BigInt(112 - 16 * place)) & 0xffffn));
}

/** RFC 5952: omits the longest run of two or more zeros, or the first of equal ones. */
function compressed(groups: readonly number[]): string {
  const runs = zeroRuns(groups).filter(([start, end]) => end - start > 1);
  const [longest] = runs.sort((one, other) => other[1] - other[0] - (one[1] - one[0]) || one[0] - other[0]);
  return without(
    groups.map((group) => group.toString(16)),
    longest,
  );
}

/** Every run of zeros, with its start and end. */
export function zeroRuns(groups: readonly number[]): [start: number, end: number][] {
  return groups.flatMap((_, start) =>
    groups
      .map((_, last): [number, number] => [start, last + 1])
      .filter(([from, end]) => end > from && groups.slice(from, end).every((group) => group === 0)),
  );
}

/** The groups as text, without one run of zeros. */
export function without(
  groups: readonly string[],
  run: readonly [start: number, end: number] | undefined,
): string {
  if (run === undefined) return groups.join(":");
  return `${groups.slice(0, run[0]).join(":")}::${groups.slice(run[1]).join(":")}`;
}
