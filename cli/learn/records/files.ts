import { createReadStream, type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { InputError } from "../../program/inputError";
import { nothingPassedOver, type PassedOver, type TakeRecord } from "./flowRecord";
import { textReader } from "./textRecords";

const CHUNK = 1 << 20;
const STANDARD_INPUT = "standard input";

/** Reads flow logs: files as AWS writes them, folders of such files, and standard input by the name `-`. */
export async function readFlowLogs(paths: readonly string[], take: TakeRecord): Promise<PassedOver> {
  const passed = nothingPassedOver();
  for (const path of paths) {
    if (path === "-") await readStream(STANDARD_INPUT, process.stdin, take, passed);
    else for (const file of filesOf(path)) await readFile(file, take, passed);
  }
  return passed;
}

/** The files of a folder and of those in it, in the order of their names, which is the order of time. */
function filesOf(path: string): string[] {
  return guarded(path, () => {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry: Dirent) => join(entry.parentPath, entry.name))
      .sort();
    if (files.length > 0) return files;
    throw new InputError(`--flow-logs: there is no file in ${path}`);
  });
}

async function readFile(file: string, take: TakeRecord, passed: PassedOver): Promise<void> {
  try {
    await readStream(file, createReadStream(file, { highWaterMark: CHUNK }), take, passed);
  } catch (error) {
    throw inputError(file, error);
  }
}

/** What it is, its first bytes tell: names may be any. */
async function readStream(
  name: string,
  stream: NodeJS.ReadableStream & AsyncIterable<Buffer | string>,
  take: TakeRecord,
  passed: PassedOver,
): Promise<void> {
  const reader = textReader(name, take, passed);
  let gunzip: ReturnType<typeof createGunzip> | undefined;
  let isFirst = true;
  let unzipped: Promise<void> | undefined;
  for await (const piece of stream) {
    const chunk = typeof piece === "string" ? Buffer.from(piece) : piece;
    if (isFirst && chunk.subarray(0, 4).toString("latin1") === "PAR1")
      return readParquetFile(name, take, passed);
    if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b) {
      gunzip = createGunzip({ chunkSize: CHUNK });
      unzipped = readUnzipped(gunzip, reader.write);
    }
    isFirst = false;
    if (gunzip === undefined) reader.write(chunk);
    else if (!gunzip.write(chunk))
      await Promise.race([new Promise((go) => gunzip?.once("drain", go)), unzipped]);
  }
  gunzip?.end();
  await unzipped;
  reader.end();
}

async function readUnzipped(gunzip: AsyncIterable<Buffer>, write: (chunk: Buffer) => void): Promise<void> {
  for await (const chunk of gunzip) write(chunk);
}

async function readParquetFile(name: string, take: TakeRecord, passed: PassedOver): Promise<void> {
  if (name === STANDARD_INPUT) {
    throw new InputError("standard input is Parquet, which is read from its end: give the file by its name");
  }
  const { readParquet }: typeof import("./parquetRecords") = require("./parquetRecords");
  await readParquet(name, take, passed);
}

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw inputError(path, error);
  }
}

function inputError(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new InputError(`--flow-logs: ${path} cannot be read: ${why}`, { cause: error });
}
