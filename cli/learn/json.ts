import type { Learned } from "./learned";
import type { LearnedRule } from "./policy";
import { BY_FLAGS, BY_PAIRS, BY_PORTS, type Seen } from "./seen";
import { destinationText, portText, protocolName } from "./words";

/** The report as JSON. Its format is stable: later versions only add to it. */
export function jsonOf(learned: Learned): string {
  const { group, policy, unclear, rejected, unused, holdout, passed, counts, cannotKnow } = learned;
  const seenPart = seenWriter(learned.interfaces);
  const rulePart = ({ protocol, port, to, seen, addresses, opens, notes }: LearnedRule) => ({
    text: `${portText(protocol, port)} to ${destinationText(to)}`,
    protocol: protocolName(protocol),
    port,
    destination: destinationText(to),
    addresses,
    opens: Number(opens),
    notes,
    ...seenPart(seen),
  });
  const value = {
    group,
    first: iso(learned.first),
    last: iso(learned.last),
    rules: policy.rules.map(rulePart),
    unfiltered: policy.unfiltered.flows,
    unclear: unclear.map(({ protocol, port, peer, ownPorts, seen, why }) => ({
      protocol: protocolName(protocol),
      port,
      destination: peer,
      ownPorts,
      why,
      ...seenPart(seen),
    })),
    rejected: rejected.map(({ protocol, port, destinations, seen }) => ({
      protocol: protocolName(protocol),
      port,
      destinations,
      ...seenPart(seen),
    })),
    ...(unused !== undefined && { unused }),
    ...(holdout !== undefined && {
      holdout: { since: iso(holdout.since), tested: holdout.tested, cut: holdout.cut.rules.map(rulePart) },
    }),
    records: { ...passed, ...counts, unlistedInterfaces: [...counts.unlistedInterfaces] },
    cannotKnow,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function seenWriter(interfaces: readonly string[]) {
  return ({ flows, bytes, first, last, by, interfaces: places }: Seen) => ({
    flows,
    bytes,
    first: iso(first),
    last: iso(last),
    interfaces: places.map((place) => interfaces[place]),
    by: BY.filter(([flag]) => (by & flag) !== 0).map(([, name]) => name),
  });
}

const BY = [
  [BY_FLAGS, "flags"],
  [BY_PORTS, "ports"],
  [BY_PAIRS, "pairs"],
] as const;

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
