import { quote } from "../../../provider/rule/failure";
import { InputError } from "../../program/inputError";
import type { Address } from "./address";
import { emptyRecord, isPlausible, type PassedOver, type TakeRecord } from "./flowRecord";
import { type Layout, layoutOfLine } from "./layout";

export interface TextReader {
  readonly write: (chunk: Buffer) => void;
  readonly end: () => void;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DASH = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
/** First letters: of ACCEPT and REJECT, of NODATA, OK and SKIPDATA, of egress and ingress. */
const [A, R, N, O, S, SMALL_E, SMALL_I] = [65, 82, 78, 79, 83, 101, 105] as const;
const MOST_FIELDS = 128;

/**
 * Reads a flow log in text, byte by byte. To be fast, it creates no strings for numbers.
 *
 * A header may appear again, because files can be concatenated.
 */
export function textReader(name: string, take: TakeRecord, passed: PassedOver): TextReader {
  const record = emptyRecord();
  const ends = new Int32Array(MOST_FIELDS);
  let layout: Layout | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let bytes: Buffer = rest;
  let lineStart = 0;
  let firstLine: string | undefined;

  const startOf = (field: number) => (field === 0 ? lineStart : (ends[field - 1] ?? 0) + 1);
  const letter = (field: number) => (field < 0 ? 0 : (bytes[startOf(field)] ?? 0));
  const text = (field: number) => (field < 0 ? "" : bytes.toString("latin1", startOf(field), ends[field]));

  /** Parses a whole number; NaN if it is invalid. */
  function number(field: number): number {
    let value = 0;
    const [start, end] = [startOf(field), ends[field] ?? 0];
    for (let at = start; at < end; at++) {
      const digit = bytes[at] ?? 0;
      if (digit < ZERO || digit > NINE) return Number.NaN;
      value = value * 10 + digit - ZERO;
    }
    return start === end ? Number.NaN : value;
  }

  function address(field: number): Address | undefined {
    const [start, end] = [startOf(field), ends[field] ?? 0];
    let [value, part, dots] = [0, 0, 0];
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= ZERO && byte <= NINE) part = part * 10 + byte - ZERO;
      else if (byte === DOT) {
        if (part > 255) return undefined;
        value = (value << 8) | part;
        part = 0;
        dots++;
      } else return bytes.subarray(start, end).includes(COLON) ? text(field) : undefined;
    }
    return dots === 3 && part <= 255 ? (value << 8) | part : undefined;
  }

  /** Whether the line is a record, with or without traffic. */
  function read(at: Layout): boolean {
    if (at.status >= 0) {
      const status = letter(at.status);
      if (status === N || status === S) {
        if (status === N) passed.noData++;
        else passed.skipped++;
        return true;
      }
      if (status !== O) return false;
    }
    const action = letter(at.action);
    if (action !== A && action !== R) return false;
    record.isAccepted = action === A;
    record.sourcePort = number(at.sourcePort);
    record.destinationPort = number(at.destinationPort);
    record.protocol = number(at.protocol);
    record.start = number(at.start);
    record.end = number(at.end);
    record.bytes = at.bytes < 0 ? 0 : number(at.bytes) || 0;
    record.source = address(at.source);
    record.destination = address(at.destination);
    record.packetSource =
      at.packetSource === at.source ? record.source : (address(at.packetSource) ?? record.source);
    record.packetDestination =
      at.packetDestination === at.destination
        ? record.destination
        : (address(at.packetDestination) ?? record.destination);
    if (!isPlausible(record)) return false;
    record.interfaceId = text(at.interfaceId);
    record.account = text(at.account);
    const direction = letter(at.direction);
    record.direction = direction === SMALL_E ? "egress" : direction === SMALL_I ? "ingress" : undefined;
    record.tcpFlags = at.tcpFlags < 0 ? undefined : number(at.tcpFlags) || 0;
    const service = letter(at.awsService);
    record.awsService = service === 0 || service === DASH ? undefined : text(at.awsService);
    take(record);
    return true;
  }

  function line(fields: number, end: number): void {
    passed.records++;
    if (layout !== undefined && fields === layout.fields && read(layout)) return;
    const whole = bytes.toString("latin1", lineStart, end);
    const told = layoutOfLine(name, whole);
    if (told?.isHeader === true) {
      layout = told.layout;
      passed.records--;
    } else if (layout === undefined && told !== undefined) {
      layout = told.layout;
      if (!read(layout)) passed.cut++;
    } else {
      // A file may begin in the middle of a line, so only the first line may be unreadable.
      if (layout === undefined && firstLine !== undefined) throw unknownFormat(name, firstLine);
      passed.cut++;
    }
    firstLine ??= whole;
  }

  function lines(chunk: Buffer): void {
    bytes = chunk;
    lineStart = 0;
    let fields = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte !== SPACE && byte !== LINE_FEED) continue;
      const end = byte === LINE_FEED && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
      ends[fields++] = end;
      if (fields === MOST_FIELDS) fields--;
      if (byte === SPACE) continue;
      if (end > lineStart) line(fields, end);
      lineStart = at + 1;
      fields = 0;
    }
    rest = bytes.subarray(lineStart);
  }

  return {
    write: (chunk) => lines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk])),
    end: () => {
      if (rest.length > 0) lines(Buffer.concat([rest, Buffer.from("\n")]));
      if (layout === undefined && firstLine !== undefined) throw unknownFormat(name, firstLine);
    },
  };
}

function unknownFormat(name: string, line: string): InputError {
  return new InputError(
    `${name} is not a flow log: ${quote(line.slice(0, 80))} is neither a header, such as "version account-id interface-id srcaddr …", nor a record in the default format. For a custom format, add a first line with the names of its fields`,
  );
}
