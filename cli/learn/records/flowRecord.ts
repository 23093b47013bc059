import type { Address } from "./address";

/** One record of a flow log. There is one object for all records: who takes it keeps no part but numbers and texts. */
export interface FlowRecord {
  account: string;
  interfaceId: string;
  /** As the interface has them: `srcaddr` and `dstaddr`. */
  source: Address | undefined;
  destination: Address | undefined;
  /** As the packets carry them: `pkt-srcaddr` and `pkt-dstaddr`, or the same as above. */
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
  /** Undefined where the log does not have them. */
  tcpFlags: number | undefined;
  /** The service of AWS whose address the destination is, as `S3`. */
  awsService: string | undefined;
}

export type Direction = "ingress" | "egress";

/** What reads flow logs gives each record to. */
export type TakeRecord = (record: FlowRecord) => void;

/** In the year 5138: what is later is no time. */
const LATEST = 1e11;

/** Whether the parts of a record can be such; a number that is none is NaN. */
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

/** What was in the logs and is no record of traffic. */
export interface PassedOver {
  /** All of them, records of traffic too. */
  records: number;
  /** An interface without traffic. */
  noData: number;
  /** Traffic that AWS has not recorded. */
  skipped: number;
  /** Lines with too few or too many fields, or with something else in them than there should be. */
  cut: number;
}

export function nothingPassedOver(): PassedOver {
  return { records: 0, noData: 0, skipped: 0, cut: 0 };
}
