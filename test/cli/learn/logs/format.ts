/** One record, as a flow log can hold it. */
export interface LogRecord {
  readonly account: string;
  readonly interfaceId: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
  readonly start: number;
  readonly isEgress: boolean;
  readonly packets?: number;
  readonly isRejected?: boolean;
  readonly tcpFlags?: number;
  /** The address in the packet, if a middlebox is on the way. */
  readonly packetDestination?: string;
  readonly packetSource?: string;
  readonly awsService?: string;
}

/** The fields of version 2, in the order of the default format. */
export const DEFAULT_FORMAT = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
];

/** Fields of versions 2 to 10 in an order of their own, with many that `learn` ignores. */
export const FULL_FORMAT = [
  ...[
    "vpc-id",
    "flow-direction",
    "tcp-flags",
    "pkt-dstaddr",
    "pkt-srcaddr",
    "pkt-dst-aws-service",
    "dstport",
  ],
  ...["srcport", "protocol", "interface-id", "account-id", "action", "log-status", "start", "end", "bytes"],
  ...["packets", "srcaddr", "dstaddr", "traffic-path", "ecs-cluster-arn", "reject-reason", "resource-id"],
  ...["encryption-status", "version"],
];

/** A record as a line of a format; unknown fields are `-`. */
export function lineOf(record: LogRecord, format: readonly string[]): string {
  const values = valuesOf(record);
  return format.map((field) => values[field] ?? "-").join(" ");
}

export function valuesOf(record: LogRecord): Readonly<Record<string, string | number>> {
  const { source, destination, start, packets = 10 } = record;
  return {
    version: 2,
    "account-id": record.account,
    "interface-id": record.interfaceId,
    srcaddr: source,
    dstaddr: destination,
    srcport: record.sourcePort,
    dstport: record.destinationPort,
    protocol: record.protocol,
    packets,
    bytes: packets * 100,
    start,
    end: start + 59,
    action: record.isRejected ? "REJECT" : "ACCEPT",
    "log-status": "OK",
    "vpc-id": "vpc-0123456789abcdef0",
    "tcp-flags": record.tcpFlags ?? 0,
    "flow-direction": record.isEgress ? "egress" : "ingress",
    "pkt-srcaddr": record.packetSource ?? source,
    "pkt-dstaddr": record.packetDestination ?? destination,
    "pkt-dst-aws-service": record.awsService ?? "-",
  };
}
