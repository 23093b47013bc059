import { byFlags, CLIENT, type Initiator, rankOf, TCP, UDP } from "./initiator";
import type { Interfaces } from "./interfaces";
import type { Address } from "./records/address";
import type { FlowRecord, TakeRecord } from "./records/flowRecord";
import { addRecord, BY_FLAGS, BY_PORTS, type Flows, nothingSeen, portKey, seenAt } from "./seen";
import { type Conversation, ownPortKey, type Tally } from "./tally";

interface Own {
  readonly place: number;
  readonly addresses: ReadonlySet<Address>;
}

/** Adds records to a tally one at a time. The tally keeps destinations, not records, to save memory. */
export function takeRecords({ all, own, account }: Interfaces, tally: Tally): TakeRecord {
  const { counts } = tally;
  const ours = new Map<string, Own>(
    own.map((id, place) => [id, { place, addresses: new Set(all.get(id)?.addresses) }]),
  );
  return (record) => {
    const one = ours.get(record.interfaceId);
    if (isOther(record.account, account)) counts.otherAccounts++;
    else if (one !== undefined) takeOwn(record, one, tally);
    else if (all.has(record.interfaceId)) counts.otherGroups++;
    else {
      counts.unlisted++;
      counts.unlistedInterfaces.add(record.interfaceId);
    }
  };
}

/** The account may be `unknown` for an interface that an AWS service created. */
function isOther(account: string, own: string | undefined): boolean {
  return own !== undefined && account !== own && account.length === 12;
}

function takeOwn(record: FlowRecord, { place, addresses }: Own, tally: Tally): void {
  tally.counts.own++;
  if (record.start < tally.first) tally.first = record.start;
  if (record.end > tally.last) tally.last = record.end;
  const direction = record.direction ?? directionOf(record, addresses);
  if (direction === undefined) tally.counts.noDirection++;
  else if (direction === "egress") leaves(record, place, tally);
  else comesIn(record, place, tally);
}

function directionOf({ source, destination }: FlowRecord, addresses: ReadonlySet<Address>) {
  if (source !== undefined && addresses.has(source)) return "egress";
  return destination !== undefined && addresses.has(destination) ? "ingress" : undefined;
}

function leaves(record: FlowRecord, own: number, tally: Tally): void {
  const { packetDestination: peer, protocol, sourcePort: ownPort, destinationPort: peerPort } = record;
  if (peer === undefined) return;
  const flagged = initiatorByFlags(record);
  const began = flagged ?? initiatorByPorts(tally, own, protocol, ownPort, peerPort);
  // Traffic to a destination that is already known adds no evidence of its own.
  const by = flagged !== undefined ? BY_FLAGS : began !== undefined ? BY_PORTS : 0;
  const port = portKey(protocol, peerPort);
  if (began === "receiver") {
    tally.counts.others++;
    if (record.isAccepted) tally.services.add(ownPortKey(own, protocol, ownPort));
  } else if (!record.isAccepted) {
    tally.counts.rejected++;
    addRecord(seenAt(tally.rejected, port, peer), record, own, by);
  } else if (began === "sender" || isKnown(tally.requests, port, peer)) {
    tally.counts.requests++;
    addRecord(seenAt(tally.requests, port, peer), record, own, by);
  } else addRecord(conversation(tally, own, protocol, ownPort, peer, peerPort).out, record, own, 0);
}

function comesIn(record: FlowRecord, own: number, tally: Tally): void {
  const { packetSource: peer, protocol, sourcePort: peerPort, destinationPort: ownPort } = record;
  if (!record.isAccepted) {
    tally.counts.inboundRejected++;
    return;
  }
  if (peer === undefined) return;
  const began =
    opposite(initiatorByFlags(record)) ?? initiatorByPorts(tally, own, protocol, ownPort, peerPort);
  if (began === "receiver") {
    tally.counts.others++;
    tally.services.add(ownPortKey(own, protocol, ownPort));
  } else if (began === "sender" || isKnown(tally.requests, portKey(protocol, peerPort), peer)) {
    tally.counts.answers++;
  } else {
    const open = conversation(tally, own, protocol, ownPort, peer, peerPort);
    open.in++;
    if (record.start < open.firstIn) open.firstIn = record.start;
  }
}

function initiatorByFlags({ protocol, tcpFlags }: FlowRecord): Initiator | undefined {
  return protocol === TCP && tcpFlags !== undefined ? byFlags(tcpFlags) : undefined;
}

/** Decides from the group's side. If its port may also be a service's, only traffic from others shows which it is. */
function initiatorByPorts(
  { services }: Tally,
  own: number,
  protocol: number,
  ownPort: number,
  peerPort: number,
): Initiator | undefined {
  if (protocol !== TCP && protocol !== UDP) return undefined;
  if (services.has(ownPortKey(own, protocol, ownPort))) return "receiver";
  const isOwnClient = rankOf(protocol, ownPort) === CLIENT;
  const isPeerClient = rankOf(protocol, peerPort) === CLIENT;
  if (isOwnClient === isPeerClient) return undefined;
  return isOwnClient ? "sender" : "receiver";
}

function opposite(initiator: Initiator | undefined): Initiator | undefined {
  if (initiator === undefined) return undefined;
  return initiator === "sender" ? "receiver" : "sender";
}

function isKnown(flows: Flows, port: number, peer: Address): boolean {
  return flows.get(port)?.has(peer) === true;
}

function conversation(
  { conversations }: Tally,
  own: number,
  protocol: number,
  ownPort: number,
  peer: Address,
  peerPort: number,
): Conversation {
  const key = `${own} ${protocol} ${ownPort} ${peer} ${peerPort}`;
  const found = conversations.get(key);
  if (found !== undefined) return found;
  const nothing = { out: nothingSeen(), firstIn: Number.POSITIVE_INFINITY, in: 0 };
  const made = { own, protocol, ownPort, peer, peerPort, ...nothing };
  conversations.set(key, made);
  return made;
}
