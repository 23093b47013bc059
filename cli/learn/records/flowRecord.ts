import type { Address } from "./address";

/** One record of a flow log. The reader reuses a single object for all records, so copy what you keep. */
export interface FlowRecord {
  account: string;
  interfaceId: string;
  /** The interface's view: `srcaddr` and `dstaddr`. */
  source: Address | undefined;
  destination: Address | undefined;
  /** The packets' view: `pkt-srcaddr` and `pkt-dstaddr`, or the same as above. */
  packetSource: Address | undefined;
  packetDestination: Address | undefined;
  sourcePort: number;
  destinationPort: number;
  protocol: number;
  bytes: number;
  /** Seconds since 1970. */
  start: number;
  end: number;
  isAccepted: boolean;
  direction: Direction | undefined;
  /** Undefined if the log does not have the field. */
  tcpFlags: number | undefined;
  /** The AWS service that owns the destination address, such as `S3`. */
  awsService: string | undefined;
}

export type Direction = "ingress" | "egress";

/** Called with each record. */
export type TakeRecord = (record: FlowRecord) => void;

/** In the year 5138. Anything later is not a time. */
const LATEST = 1e11;

/** Whether all fields have possible values. An invalid number is NaN, which fails every comparison. */
export function isPlausible(record: FlowRecord): boolean {
  return (
    record.sourcePort <= 65535 &&
    record.destinationPort <= 65535 &&
    record.protocol <= 255 &&
    record.start < LATEST &&
    record.end < LATEST &&
    record.packetSource !== undefined &&
    record.packetDestination !== undefined
  );
}

export function emptyRecord(): FlowRecord {
  return {
    account: "",
    interfaceId: "",
    source: undefined,
    destination: undefined,
    packetSource: undefined,
    packetDestination: undefined,
    sourcePort: 0,
    destinationPort: 0,
    protocol: 0,
    bytes: 0,
    start: 0,
    end: 0,
    isAccepted: false,
    direction: undefined,
    tcpFlags: undefined,
    awsService: undefined,
  };
}

/** Counts of records without traffic and of unreadable lines. */
export interface PassedOver {
  /** All records, including those of traffic. */
  records: number;
  /** Records of an interface without traffic. */
  noData: number;
  /** Records of traffic that AWS failed to capture. */
  skipped: number;
  /** Lines with too few, too many or invalid fields. */
  cut: number;
}

export function nothingPassedOver(): PassedOver {
  return { records: 0, noData: 0, skipped: 0, cut: 0 };
}
