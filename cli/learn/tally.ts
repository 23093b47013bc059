import type { Address } from "./records/address";
import type { Flows, Seen } from "./seen";

/** Everything that the records of a group add up to. */
export interface Tally {
  readonly requests: Flows;
  readonly rejected: Flows;
  /** The group's ports that others connect to, by `ownPortKey`. */
  readonly services: Set<number>;
  readonly conversations: Map<string, Conversation>;
  readonly counts: Counts;
  /** When the group's records begin and end, in seconds since 1970. */
  first: number;
  last: number;
}

/** Traffic between two ports whose initiator is not yet known. */
export interface Conversation {
  /** The index of the interface among the group's own. */
  readonly own: number;
  readonly protocol: number;
  readonly ownPort: number;
  readonly peer: Address;
  readonly peerPort: number;
  /** The outbound traffic. */
  readonly out: Seen;
  /** When the first inbound traffic arrived; infinity if there is none. */
  firstIn: number;
  /** The number of inbound records. */
  in: number;
}

/** Records by category. */
export interface Counts {
  /** Records of the group's interfaces. */
  own: number;
  requests: number;
  /** Rejected requests of the group. */
  rejected: number;
  /** Requests of others, and the group's return traffic. */
  others: number;
  /** Return traffic for the group's requests. */
  answers: number;
  /** Rejected inbound traffic. */
  inboundRejected: number;
  /** Records of conversations whose initiator is unknown. */
  unclear: number;
  noDirection: number;
  otherGroups: number;
  otherAccounts: number;
  unlisted: number;
  readonly unlistedInterfaces: Set<string>;
}

export function emptyTally(): Tally {
  return {
    requests: new Map(),
    rejected: new Map(),
    services: new Set(),
    conversations: new Map(),
    counts: {
      own: 0,
      requests: 0,
      rejected: 0,
      others: 0,
      answers: 0,
      inboundRejected: 0,
      unclear: 0,
      noDirection: 0,
      otherGroups: 0,
      otherAccounts: 0,
      unlisted: 0,
      unlistedInterfaces: new Set(),
    },
    first: Number.POSITIVE_INFINITY,
    last: 0,
  };
}

/** A port of one of the group's interfaces, as a number that is small enough to be exact. */
export function ownPortKey(own: number, protocol: number, port: number): number {
  return (own * 256 + protocol) * 65536 + port;
}
