import { addressText } from "../../../cli/learn/records/address";
import { type FlowRecord, nothingPassedOver } from "../../../cli/learn/records/flowRecord";
import { textReader } from "../../../cli/learn/records/textRecords";
import { DEFAULT_FORMAT, FULL_FORMAT, type LogRecord, lineOf } from "./logs/format";

const RECORD: LogRecord = {
  account: "123456789012",
  interfaceId: "eni-0123456789abcdef0",
  source: "10.0.1.11",
  destination: "10.0.9.9",
  packetDestination: "203.0.113.255",
  sourcePort: 40000,
  destinationPort: 443,
  protocol: 6,
  start: 1_795_000_000,
  isEgress: true,
  tcpFlags: 3,
  awsService: "S3",
};

/** Reads a text in pieces of a given number of bytes. */
function read(text: string, size = 1 << 20) {
  const passed = nothingPassedOver();
  const records: FlowRecord[] = [];
  const reader = textReader("logs.txt", (record) => records.push({ ...record }), passed);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return { records, passed };
}

const linesOf = (...lines: readonly string[]) => `${lines.join("\n")}\n`;
const header = FULL_FORMAT.join(" ");

test("the header gives the order of the fields", () => {
  const [one] = read(linesOf(header, lineOf(RECORD, FULL_FORMAT))).records;
  expect(one).toMatchObject({
    ...{ account: "123456789012", interfaceId: "eni-0123456789abcdef0" },
    ...{ sourcePort: 40000, destinationPort: 443, protocol: 6, tcpFlags: 3, bytes: 1000 },
    ...{ start: 1_795_000_000, end: 1_795_000_059, isAccepted: true, direction: "egress", awsService: "S3" },
  });
  expect(
    [one?.source, one?.destination, one?.packetDestination].map((address) => addressText(address ?? 0)),
  ).toEqual(["10.0.1.11", "10.0.9.9", "203.0.113.255"]);
});

test.each([1, 7, 100])("pieces of %i bytes and Windows line endings give the same records", (size) => {
  const text = linesOf(header, ...Array.from({ length: 9 }, () => lineOf(RECORD, FULL_FORMAT)));
  const whole = read(text);
  expect(whole.records).toHaveLength(9);
  expect(read(text, size)).toEqual(whole);
  expect(read(text.replaceAll("\n", "\r\n"), size)).toEqual(whole);
  expect(read(text.slice(0, -1), size)).toEqual(whole);
});

test("records in the default format need no header, even with the timestamp of CloudWatch Logs", () => {
  const line = lineOf({ ...RECORD, destination: "2001:db8::7" }, DEFAULT_FORMAT);
  for (const text of [line, `2026-11-20T08:15:00.000Z ${line}`]) {
    const { records } = read(linesOf(text, text));
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      packetDestination: "2001:db8::7",
      tcpFlags: undefined,
      direction: undefined,
    });
  }
});

test("concatenated files have headers in between, even of different formats", () => {
  const [full, old] = [lineOf(RECORD, FULL_FORMAT), lineOf(RECORD, DEFAULT_FORMAT)];
  const { records, passed } = read(linesOf(header, full, DEFAULT_FORMAT.join(" "), old, header, full));
  expect(records.map(({ tcpFlags }) => tcpFlags)).toEqual([3, undefined, 3]);
  expect(passed).toEqual({ records: 3, noData: 0, skipped: 0, cut: 0 });
});

test("lines that are not traffic records are counted", () => {
  const { records, passed } = read(
    linesOf(
      "1 2 3",
      DEFAULT_FORMAT.join(" "),
      "2 123456789012 eni-1 - - - - - - - 1795000000 1795000060 - NODATA",
      "2 123456789012 eni-1 - - - - - - - 1795000000 1795000060 - SKIPDATA",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 40 1795000000 1795000060 ACCEPT O",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 6 1",
      "2 123456789012 eni-1 10.0.0.1 10.0.0 1 2 6 1 40 1795000000 1795000060 ACCEPT OK",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 x 2 6 1 40 1795000000 1795000060 ACCEPT OK",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 65536 2 6 1 40 1795000000 1795000060 ACCEPT OK",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 256 1 40 1795000000 1795000060 ACCEPT OK",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 40 17950000001795000060 1795000060 ACCEPT OK",
      "",
      "2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 40 1795000000 1795000060 ACCEPT OK",
    ),
  );
  expect(records).toHaveLength(2);
  expect(passed).toEqual({ records: 11, noData: 1, skipped: 1, cut: 7 });
});

test.each([
  ["a file of something else", "<html>\n<body>\n", /is not a flow log: "<html>" is neither a header/],
  ["JSON", '{"events": []}\n', /is not a flow log/],
  [
    "a custom format without its header",
    "eni-1 10.0.0.1 ACCEPT\neni-1 10.0.0.1 ACCEPT\n",
    /first line with the names of its fields/,
  ],
  [
    "a format that tells too little",
    "interface-id srcaddr dstaddr start\n",
    /lacks the fields srcport, dstport, protocol, action/,
  ],
])("%s is refused in one sentence", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});
