import { rankOf, TCP, UDP } from "./initiator";
import { BY_PAIRS, BY_PORTS, joinSeen, portKey, seenAt } from "./seen";
import { type Conversation, ownPortKey, type Tally } from "./tally";

/** Outbound traffic whose initiator is unknown. */
export interface Unclear extends Conversation {
  readonly why: string;
}

const NO_TYPE = "flow logs do not record the ICMP type";
const OLDER = "it began before the logs, or its ports are ambiguous";
const AT_ONCE = "both sides were first seen in the same second, and the ports are alike";

/**
 * Decides who initiated the conversations that single records left open. It moves those of the group to its requests.
 *
 * Each decision is evidence for others, so it goes through the open ones twice.
 */
export function settle(tally: Tally): Unclear[] {
  const left = settleOnce(tally, [...tally.conversations.values()]);
  tally.conversations.clear();
  const unclear = settleOnce(tally, left);
  for (const one of unclear) tally.counts.unclear += one.out.flows + one.in;
  return unclear.map((one) => ({ ...one, why: whyUnclear(one) }));
}

function settleOnce(tally: Tally, open: readonly Conversation[]): Conversation[] {
  return open.filter((one) => {
    // Without outbound traffic, the conversation can only concern requests of others.
    const { who, by } = one.out.flows === 0 ? BY_OTHER : initiatorOf(one, tally);
    if (who === "group") {
      const seen = seenAt(tally.requests, portKey(one.protocol, one.peerPort), one.peer);
      joinSeen(seen, { ...one.out, by });
      tally.counts.requests += one.out.flows;
      tally.counts.answers += one.in;
    } else if (who === "other") tally.counts.others += one.out.flows + one.in;
    return who === undefined;
  });
}

interface Began {
  readonly who: "group" | "other" | undefined;
  readonly by: number;
}

const BY_OTHER: Began = { who: "other", by: 0 };

function initiatorOf(
  { own, protocol, ownPort, peer, peerPort, out, firstIn }: Conversation,
  { services, requests }: Tally,
): Began {
  if (isIcmp(protocol)) return { who: firstIn < out.first ? "other" : undefined, by: 0 };
  const hasPorts = protocol === TCP || protocol === UDP;
  if (hasPorts && services.has(ownPortKey(own, protocol, ownPort))) return BY_OTHER;
  if (requests.get(portKey(protocol, peerPort))?.has(peer)) return { who: "group", by: 0 };
  // For a connection older than the logs, either side may appear first, so the times prove nothing for TCP.
  if (protocol !== TCP && firstIn !== out.first) {
    return { who: out.first < firstIn ? "group" : "other", by: BY_PAIRS };
  }
  const difference = hasPorts ? rankOf(protocol, ownPort) - rankOf(protocol, peerPort) : 0;
  if (difference === 0) return { who: undefined, by: 0 };
  return { who: difference > 0 ? "group" : "other", by: BY_PORTS };
}

function whyUnclear({ protocol }: Conversation): string {
  if (isIcmp(protocol)) return NO_TYPE;
  return protocol === TCP ? OLDER : AT_ONCE;
}

function isIcmp(protocol: number): boolean {
  return protocol === 1 || protocol === 58;
}
