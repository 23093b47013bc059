import { createReadStream, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { isRecord } from "../../../provider/rule/record";
import { InputError } from "../../program/inputError";
import { nothingPassedOver, type PassedOver, type TakeRecord } from "./flowRecord";
import { textReader } from "./textRecords";

const CHUNK = 1 << 20;
const STANDARD_INPUT = "standard input";

/** Reads flow logs from files as AWS writes them, from folders of such files, and from standard input, which is `-`. */
export async function readFlowLogs(paths: readonly string[], take: TakeRecord): Promise<PassedOver> {
  const passed = nothingPassedOver();
  for (const path of paths) {
    for (const file of path === "-" ? [path] : filesOf(path)) {
      const name = file === "-" ? STANDARD_INPUT : file;
      const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
      try {
        await readStream(name, stream, take, passed);
      } catch (error) {
        throw unreadable(name, error);
      }
    }
  }
  return passed;
}

/** All files in a folder and its subfolders, in the order of their names, which is chronological. */
function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => join(path, name))
      .filter((file) => !basename(file).startsWith(".") && statSync(file).isFile())
      .sort();
    if (files.length > 0) return files;
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new InputError(`--flow-logs: ${path} contains no files`);
}

/** Errors of the system or of zlib are meant for users. Anything else is a bug. */
function unreadable(name: string, error: unknown): unknown {
  if (!isRecord(error) || !("code" in error)) return error;
  return new InputError(`--flow-logs: ${name} cannot be read: ${error.message}`, { cause: error });
}

/** Detects the format by the first bytes, because file names say nothing reliable. */
async function readStream(
  name: string,
  stream: AsyncIterable<Buffer | string>,
  take: TakeRecord,
  passed: PassedOver,
): Promise<void> {
  const chunks = stream[Symbol.asyncIterator]();
  const { value, done } = await chunks.next();
  if (done === true) return;
  const first = bufferOf(value);
  if (first.toString("latin1", 0, 4) === "PAR1") return readParquetFile(name, take, passed);
  const all = withFirst(first, { [Symbol.asyncIterator]: () => chunks });
  const reader = textReader(name, take, passed);
  const feed = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) reader.write(piece);
  };
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  await (isGzip ? pipeline(all, createGunzip({ chunkSize: CHUNK }), feed) : feed(all));
  reader.end();
}

async function* withFirst(first: Buffer, others: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  yield first;
  for await (const chunk of others) yield bufferOf(chunk);
}

function bufferOf(chunk: Buffer | string): Buffer {
  return typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

async function readParquetFile(name: string, take: TakeRecord, passed: PassedOver): Promise<void> {
  if (name === STANDARD_INPUT) {
    throw new InputError(
      "standard input is Parquet, which requires a seekable file: specify the path of the file",
    );
  }
  const { readParquet }: typeof import("./parquetRecords") = require("./parquetRecords");
  await readParquet(name, take, passed);
}
