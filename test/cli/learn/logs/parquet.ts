import { execFileSync } from "node:child_process";
import { ROOT } from "../../../setup";
import { type LogRecord, valuesOf } from "./format";

/** An ES module, which Jest does not load. */
const WRITE = `
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { parquetWriteFile } from "hyparquet-writer";
const { filename, columnData } = JSON.parse(readFileSync(0, "utf8"));
const compressors = { GZIP: (bytes) => gzipSync(bytes) };
parquetWriteFile({ filename, columnData, codec: "GZIP", compressors, rowGroupSize: 100 });
`;

/** Writes records as AWS does in Parquet: with gzip, in row groups, with underscores in column names. */
export function writeParquet(filename: string, records: readonly LogRecord[]): void {
  const values = records.map(valuesOf);
  const columnData = Object.keys(values[0] ?? {}).map((name) => {
    const data = values.map((value) => value[name]);
    return { name: name.replaceAll("-", "_"), type: typeof data[0] === "string" ? "STRING" : "INT32", data };
  });
  execFileSync(process.execPath, ["--input-type=module", "-e", WRITE], {
    cwd: ROOT,
    input: JSON.stringify({ filename, columnData }),
  });
}
