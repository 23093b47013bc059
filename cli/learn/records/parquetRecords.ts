import { gunzipSync } from "node:zlib";
import { InputError } from "../../program/inputError";
import { type Address, parseAddress } from "./address";
import { emptyRecord, type FlowRecord, isPlausible, type PassedOver, type TakeRecord } from "./flowRecord";
import { layoutOf } from "./layout";

type Row = Readonly<Record<string, unknown>>;

/** Reads a flow log in Parquet, one row group at a time. */
export async function readParquet(file: string, take: TakeRecord, passed: PassedOver): Promise<void> {
  try {
    await readRows(file, take, passed);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `${file} is not readable Parquet: ${why}. Export it as text with Athena, or use plain-text flow logs`,
      { cause: error },
    );
  }
}

async function readRows(file: string, take: TakeRecord, passed: PassedOver): Promise<void> {
  // The package is only an ES module, and only this function needs it.
  const parquet = await import("hyparquet");
  const buffer = await parquet.asyncBufferFromFile(file);
  const metadata = await parquet.parquetMetadataAsync(buffer);
  const columns = metadata.schema.flatMap(({ name, num_children }) =>
    num_children === undefined ? [name] : [],
  );
  layoutOf(file, columns);
  const needed = columns.filter((column) => NEEDED.includes(column.replaceAll("_", "-")));
  const record = emptyRecord();
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const rows: readonly Row[] = await parquet.parquetReadObjects({
      file: buffer,
      metadata,
      columns: needed,
      rowStart,
      rowEnd,
      compressors: { GZIP: (input) => gunzipSync(input) },
    });
    for (const row of rows) readRow(named(row), record, take, passed);
    rowStart = rowEnd;
  }
}

const NEEDED = [
  ...["account-id", "interface-id", "srcaddr", "dstaddr", "pkt-srcaddr", "pkt-dstaddr", "srcport", "dstport"],
  ...["protocol", "bytes", "start", "end", "action", "log-status", "tcp-flags", "flow-direction"],
  "pkt-dst-aws-service",
];

/** AWS uses underscores in column names. */
function named(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replaceAll("_", "-"), value]));
}

function readRow(row: Row, record: FlowRecord, take: TakeRecord, passed: PassedOver): void {
  passed.records++;
  const status = row["log-status"];
  if (status === "NODATA") passed.noData++;
  else if (status === "SKIPDATA") passed.skipped++;
  else if (fill(record, row)) take(record);
  else passed.cut++;
}

function fill(record: FlowRecord, row: Row): boolean {
  const { action, protocol, srcaddr, dstaddr, bytes, start, end = start } = row;
  if (action !== "ACCEPT" && action !== "REJECT") return false;
  const numbers = [row.srcport, row.dstport, protocol, start, end].map(Number);
  if (!numbers.every((number) => number >= 0)) return false;
  [record.sourcePort = 0, record.destinationPort = 0, record.protocol = 0, record.start = 0, record.end = 0] =
    numbers;
  record.isAccepted = action === "ACCEPT";
  record.bytes = Number(bytes ?? 0);
  record.packetSource = addressOf(row["pkt-srcaddr"]) ?? addressOf(srcaddr);
  record.packetDestination = addressOf(row["pkt-dstaddr"]) ?? addressOf(dstaddr);
  record.source = addressOf(srcaddr) ?? record.packetSource;
  record.destination = addressOf(dstaddr) ?? record.packetDestination;
  record.interfaceId = textOf(row["interface-id"]);
  record.account = textOf(row["account-id"]);
  const direction = row["flow-direction"];
  record.direction = direction === "egress" || direction === "ingress" ? direction : undefined;
  record.tcpFlags = row["tcp-flags"] === undefined ? undefined : Number(row["tcp-flags"]) || 0;
  const service = textOf(row["pkt-dst-aws-service"]);
  record.awsService = service === "" || service === "-" ? undefined : service;
  return isPlausible(record);
}

function addressOf(value: unknown): Address | undefined {
  return typeof value === "string" ? parseAddress(value) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
