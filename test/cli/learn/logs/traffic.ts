import type { LogRecord } from "./format";
import { ACCOUNT, NAT, WEB } from "./network";
import type { Need } from "./policy";
import type { Random } from "./random";

/** When the logs begin. */
export const SINCE = 1_795_000_000;
const HOUR = 3600;

const [SYN, SYN_ACK, FIN] = [2, 18, 1];

/** A connection, as one side's interface sees it. */
interface Connection {
  readonly eni: { readonly id: string; readonly address: string };
  readonly peer: string;
  readonly ownPort: number;
  readonly peerPort: number;
  readonly protocol: number;
  readonly isOurs: boolean;
  readonly start: number;
  readonly isOneWay?: boolean;
  readonly awsService?: string;
  /** A middlebox, which `dstaddr` shows. */
  readonly by?: string;
}

/** A group's needs as records: its requests, and their return traffic. */
export function* requests(random: Random, policy: readonly Need[], since = SINCE): Generator<LogRecord> {
  for (const need of policy) {
    for (const peer of need.addresses) {
      const times = random.int(2, 4);
      for (let time = 0; time < times; time++) {
        yield* connection(random, {
          ...need,
          ...{ eni: webEni(random, peer), peer, peerPort: need.port, isOurs: true },
          ownPort: need.protocol === 50 ? 0 : (need.fromPort ?? random.int(32768, 60999)),
          start: since + random.int(60, 20 * HOUR),
          ...(random.chance(0.2) && { by: "10.0.9.9" }),
        });
      }
    }
  }
}

/** Requests from others to the group, and its responses, even to clients behind a NAT, which use any port. */
export function* inbound(random: Random): Generator<LogRecord> {
  for (let time = 0; time < 60; time++) {
    const { peer, ownPort } = random.pick(ASKING);
    const peerPort = peer.startsWith("192") ? random.int(1024, 65535) : random.int(32768, 60999);
    const start = SINCE + random.int(60, 20 * HOUR);
    yield* connection(random, {
      eni: webEni(random, peer),
      peer,
      peerPort,
      ownPort,
      protocol: 6,
      isOurs: false,
      start,
    });
  }
}

/** The clients and their ports; two are behind a NAT. */
const ASKING: readonly [Asking, ...Asking[]] = [
  { peer: "10.0.3.41", ownPort: 8080 },
  { peer: "10.0.5.9", ownPort: 9100 },
  { peer: "192.0.2.77", ownPort: 443 },
  { peer: "192.0.2.78", ownPort: 8080 },
];

interface Asking {
  readonly peer: string;
  readonly ownPort: number;
}

/** Records that show nothing about the group's needs. */
export function* noise(random: Random): Generator<LogRecord> {
  for (let time = 0; time < 40; time++) {
    const start = SINCE + random.int(60, 20 * HOUR);
    const source = `185.0.${random.int(0, 255)}.${random.int(1, 254)}`;
    const { id: interfaceId, address: destination } = webEni(random, source);
    const scan = { account: ACCOUNT, interfaceId, source, destination, start, isEgress: false };
    const sourcePort = random.int(1024, 65535);
    yield {
      ...scan,
      sourcePort,
      destinationPort: random.int(1, 10_000),
      protocol: 6,
      isRejected: true,
      tcpFlags: SYN,
    };
    // A ping from outside, and its reply.
    yield { ...scan, sourcePort: 0, destinationPort: 0, protocol: 1 };
    const answer = { source: destination, destination: source, isEgress: true, start: start + 1 };
    yield { ...scan, ...answer, sourcePort: 0, destinationPort: 0, protocol: 1 };
    // Rejected traffic from the group.
    const rejected = { ...scan, ...answer, sourcePort: random.int(32768, 60999), protocol: 6, tcpFlags: SYN };
    yield { ...rejected, destinationPort: random.pick([25, 6667, 3389]), isRejected: true };
    // The same connections from the NAT gateway's side, and records of another account.
    const natted = { ...rejected, interfaceId: NAT.id, destination: "10.0.0.250", packetDestination: source };
    yield { ...natted, destinationPort: 443, isEgress: false };
    yield {
      ...rejected,
      account: "999999999999",
      interfaceId: "eni-0000000000000ff01",
      destinationPort: 4444,
    };
  }
}

function webEni(random: Random, peer: string): Connection["eni"] {
  const { id, addresses } = random.pick(WEB);
  const [first, ...others] = WEB[0].addresses;
  if (peer.includes(":"))
    return { id: WEB[0].id, address: others.find((one) => one.includes(":")) ?? first ?? "" };
  return { id, address: random.pick([addresses[0] ?? "", ...addresses.filter((one) => !one.includes(":"))]) };
}

/** Records of both directions, minute by minute; only the first minute has a SYN, and only the last a FIN. */
function* connection(random: Random, { eni, peer, ...of }: Connection): Generator<LogRecord> {
  const minutes = random.int(1, 3);
  const isTcp = of.protocol === 6;
  for (let minute = 0; minute < minutes; minute++) {
    const start = of.start + minute * 60;
    const end = minute === minutes - 1 ? FIN : 0;
    const flags = (first: number) => (isTcp ? { tcpFlags: (minute === 0 ? first : 0) | end } : {});
    const common = { account: ACCOUNT, interfaceId: eni.id, protocol: of.protocol };
    const out: LogRecord = {
      ...{ ...common, source: eni.address, destination: of.by ?? peer, packetDestination: peer },
      ...{
        sourcePort: of.ownPort,
        destinationPort: of.peerPort,
        isEgress: true,
        start: start + (of.isOurs ? 0 : 1),
      },
      ...flags(of.isOurs ? SYN : SYN_ACK),
      ...(of.awsService !== undefined && { awsService: of.awsService }),
    };
    const back: LogRecord = {
      ...{ ...common, source: of.by ?? peer, packetSource: peer, destination: eni.address },
      ...{
        sourcePort: of.peerPort,
        destinationPort: of.ownPort,
        isEgress: false,
        start: start + (of.isOurs ? 1 : 0),
      },
      ...flags(of.isOurs ? SYN_ACK : SYN),
    };
    if (of.isOneWay === true) yield out;
    else if (of.isOurs) yield* [out, back];
    else yield* [back, out];
  }
}
