import type { DestinationKind } from "./destination";

/** Every type, or every code of a type. */
export const ALL_ICMP = -1;

const TYPES = {
  icmp: {
    "echo-reply": 0,
    "destination-unreachable": 3,
    "source-quench": 4,
    redirect: 5,
    "echo-request": 8,
    "router-advertisement": 9,
    "router-solicitation": 10,
    "time-exceeded": 11,
    "parameter-problem": 12,
    "timestamp-request": 13,
    "timestamp-reply": 14,
  },
  icmpv6: {
    "destination-unreachable": 1,
    "packet-too-big": 2,
    "time-exceeded": 3,
    "parameter-problem": 4,
    "echo-request": 128,
    "echo-reply": 129,
    "router-solicitation": 133,
    "router-advertisement": 134,
    "neighbor-solicitation": 135,
    "neighbor-advertisement": 136,
    redirect: 137,
  },
} as const;

/**
 * The names that `icmp.type` accepts besides a number: `all`, and those in IANA's registries of ICMP and ICMPv6 types.
 * A name in both registries means the number for the rule's own protocol.
 */
export type IcmpTypeName = "all" | keyof (typeof TYPES)["icmp"] | keyof (typeof TYPES)["icmpv6"];

/**
 * Whether packets of a protocol can reach a kind of destination: ICMP needs IPv4, and ICMPv6 needs IPv6. A group, a
 * prefix list or an unknown destination may have either.
 */
export function canReach(protocol: string, kind: DestinationKind | undefined): boolean {
  if (protocol === "icmp") return kind !== "ipv6";
  return protocol !== "icmpv6" || kind !== "ipv4";
}

/** The number of a named type; undefined if the protocol has no such name. */
export function icmpTypeNumber(protocol: "icmp" | "icmpv6", name: string): number | undefined {
  if (name === "all") return ALL_ICMP;
  return new Map<string, number>(Object.entries(TYPES[protocol])).get(name);
}

/** The name of a type; undefined if it has none. */
export function icmpTypeName(protocol: "icmp" | "icmpv6", number: number): IcmpTypeName | undefined {
  if (number === ALL_ICMP) return "all";
  const names = Object.keys(TYPES[protocol]).filter(isIcmpTypeName);
  return names.find((name) => icmpTypeNumber(protocol, name) === number);
}

function isIcmpTypeName(name: string): name is IcmpTypeName {
  return name in TYPES.icmp || name in TYPES.icmpv6;
}

export function icmpTypeNames(protocol: "icmp" | "icmpv6"): string[] {
  return ["all", ...Object.keys(TYPES[protocol])];
}
