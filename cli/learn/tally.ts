import type { Address } from "./records/address";
import type { Flows, Seen } from "./seen";

/** What the records of a group come to. */
export interface Tally {
  readonly requests: Flows;
  readonly rejected: Flows;
  /** Ports of the group's own that others reach, by `ownPortKey`. */
  readonly services: Set<number>;
  readonly conversations: Map<string, Conversation>;
  readonly counts: Counts;
  /** When the group's records begin and end, in seconds since 1970. */
  first: number;
  last: number;
}

/** What passed between two ports, while it is not known who began it. */
export interface Conversation {
  /** The place of the interface among the group's own. */
  readonly own: number;
  readonly protocol: number;
  readonly ownPort: number;
  readonly peer: Address;
  readonly peerPort: number;
  /** What left. */
  readonly out: Seen;
  /** When the first came in; infinity where nothing did. */
  firstIn: number;
  /** How many records of what came in. */
  in: number;
}

/** Records, by what became of them. */
export interface Counts {
  /** Of interfaces of the group. */
  own: number;
  requests: number;
  /** Requests that were not let out. */
  rejected: number;
  /** What others began: their requests, and the answers to them. */
  others: number;
  /** Answers to the group's requests. */
  answers: number;
  /** What was not let in. */
  inboundRejected: number;
  /** What belongs to conversations of which it is not known who began them. */
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

/** A port of one of the group's own interfaces, as a number that stays exact. */
export function ownPortKey(own: number, protocol: number, port: number): number {
  return (own * 256 + protocol) * 65536 + port;
}
