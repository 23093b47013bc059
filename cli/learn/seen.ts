import type { Address } from "./records/address";
import type { FlowRecord } from "./records/flowRecord";

/** Evidence that the group initiated the traffic. */
export const BY_FLAGS = 1;
export const BY_PORTS = 2;
export const BY_PAIRS = 4;

/** The observed traffic to one destination and port. */
export interface Seen {
  flows: number;
  bytes: number;
  /** Seconds since 1970. */
  first: number;
  last: number;
  /** Indexes into the group's interfaces. */
  readonly interfaces: number[];
  /** A sum of `BY_FLAGS`, `BY_PORTS` and `BY_PAIRS`. */
  by: number;
  awsService: string | undefined;
}

/** Traffic by `portKey`, and then by destination. */
export type Flows = Map<number, Map<Address, Seen>>;

export function portKey(protocol: number, port: number): number {
  return protocol * 65536 + port;
}

export function nothingSeen(): Seen {
  return {
    flows: 0,
    bytes: 0,
    first: Number.POSITIVE_INFINITY,
    last: 0,
    interfaces: [],
    by: 0,
    awsService: undefined,
  };
}

/** The traffic to a destination so far. Creates an empty entry for a new destination. */
export function seenAt(flows: Flows, port: number, peer: Address): Seen {
  let byPeer = flows.get(port);
  if (byPeer === undefined) {
    byPeer = new Map();
    flows.set(port, byPeer);
  }
  let seen = byPeer.get(peer);
  if (seen === undefined) {
    seen = nothingSeen();
    byPeer.set(peer, seen);
  }
  return seen;
}

export function addRecord(seen: Seen, record: FlowRecord, ownInterface: number, by: number): void {
  seen.flows++;
  seen.bytes += record.bytes;
  if (record.start < seen.first) seen.first = record.start;
  if (record.end > seen.last) seen.last = record.end;
  if (!seen.interfaces.includes(ownInterface)) seen.interfaces.push(ownInterface);
  seen.by |= by;
  if (record.awsService !== undefined) seen.awsService = record.awsService;
}

/** Adds traffic to other traffic. */
export function joinSeen(seen: Seen, more: Seen): void {
  seen.flows += more.flows;
  seen.bytes += more.bytes;
  seen.first = Math.min(seen.first, more.first);
  seen.last = Math.max(seen.last, more.last);
  for (const one of more.interfaces) if (!seen.interfaces.includes(one)) seen.interfaces.push(one);
  seen.by |= more.by;
  seen.awsService ??= more.awsService;
}
