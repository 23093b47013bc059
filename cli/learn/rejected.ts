import { addressText } from "./records/address";
import { type Flows, joinSeen, nothingSeen, type Seen } from "./seen";

/** Rejected requests to one port. */
export interface RejectedPort {
  readonly protocol: number;
  readonly port: number;
  readonly seen: Seen;
  /** The destinations, those with the most flows first. */
  readonly destinations: readonly string[];
}

/** The ports of rejected requests, those with the most flows first. */
export function rejectedPorts(rejected: Flows): RejectedPort[] {
  return [...rejected]
    .map(([key, byPeer]) => {
      const seen = nothingSeen();
      for (const one of byPeer.values()) joinSeen(seen, one);
      const destinations = [...byPeer]
        .sort(([, one], [, other]) => other.flows - one.flows)
        .map(([peer]) => addressText(peer));
      return { protocol: Math.floor(key / 65536), port: key % 65536, seen, destinations };
    })
    .sort((one, other) => other.seen.flows - one.seen.flows);
}
