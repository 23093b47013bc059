import { readFileSync } from "node:fs";
import { quote } from "../../provider/rule/failure";
import { isRecord } from "../../provider/rule/record";
import { InputError } from "./inputError";

/** Output of Pulumi: one JSON value, or one on each line. */
export interface Written {
  /** Where the output is, for errors. */
  readonly name: string;
  readonly values: readonly unknown[];
}

/** Reads output of Pulumi from a file; `-` is standard input. */
export function readWritten(path: string): Written {
  const { name, text } = readText(path);
  return parseWritten(name, text);
}

/** Reads a text, and the name that errors use for its source; `-` is standard input. */
export function readText(path: string): { readonly name: string; readonly text: string } {
  const name = path === "-" ? "standard input" : path;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${name} cannot be read: ${why}`, { cause: error });
  }
  return { name, text: decode(bytes) };
}

/** Parses one JSON value, or one on each line. */
export function parseWritten(name: string, text: string): Written {
  if (text.trim() === "") throw new InputError(`${name} is empty: expected JSON output of Pulumi`);
  try {
    return { name, values: [JSON.parse(text)] };
  } catch (error) {
    const lines = text.split("\n").map((line, place) => ({ line: line.trim(), number: place + 1 }));
    const full = lines.filter(({ line }) => line !== "");
    const [first] = full;
    // Several complete values mean one on each line, so the error can name the line.
    if (first === undefined || full.length < 2 || !isJson(first.line)) {
      const why = error instanceof Error ? error.message : String(error);
      throw new InputError(`${name} is not JSON output of Pulumi: ${why}`, { cause: error });
    }
    return { name, values: full.map(({ line, number }) => parseLine(name, line, number)) };
  }
}

/** What the input is instead, for an error. */
export function whatItIs({ values }: Written): string {
  const [first] = values;
  if (values.length > 1) return "JSON, one value on each line";
  if (!isRecord(first)) return `${quote(first)}`;
  if (isRecord(first.deployment)) return "the export of a stack";
  if (Array.isArray(first.steps)) return "a preview";
  if (isRecord(first.checkpoint)) return "the state file of a backend";
  const keys = Object.keys(first).slice(0, 5).map(quote);
  return keys.length === 0 ? "an empty record" : `JSON with ${keys.join(", ")}`;
}

function parseLine(name: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new InputError(
      `${name}: line ${number} is not JSON: ${quote(line)}. The command that wrote it may have been interrupted.`,
      { cause: error },
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Windows PowerShell redirects output as UTF-16, and other programs add a byte order mark to UTF-8. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\u{feff}/u, "");
}
