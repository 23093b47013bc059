import { quote } from "../../provider/rule/failure";
import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import { InputError } from "../program/inputError";
import { readText } from "../program/written";

/**
 * Reads a file with one JSON value from AWS or its CLI; `-` is standard input.
 *
 * @param expected what the file should be, for errors
 */
export function readJson(file: string, expected: string): { readonly name: string; readonly value: unknown } {
  const { name, text } = readText(file);
  try {
    return { name, value: JSON.parse(text) };
  } catch (error) {
    const why =
      text.trim() === "" ? "is empty" : `is not JSON (${error instanceof Error ? error.message : error})`;
    throw new InputError(`${name} ${why}: ${expected}`, { cause: error });
  }
}

/** The list in the output of an AWS CLI command: `{ "NetworkInterfaces": […] }`. */
export function readAwsList(
  file: string,
  list: string,
  command: string,
): { readonly name: string; readonly members: readonly UnknownRecord[] } {
  const expected = `expected what \`${command}\` prints`;
  const { name, value } = readJson(file, expected);
  const found: unknown = isRecord(value) ? value[list] : undefined;
  if (!Array.isArray(found)) {
    throw new InputError(`${name} ${isRecord(value) ? `has no ${list}` : `is ${quote(value)}`}: ${expected}`);
  }
  if (isRecord(value) && value.NextToken !== undefined) {
    throw new InputError(
      `${name} is incomplete (it has a NextToken): run the command without --max-items and --no-paginate`,
    );
  }
  const members = found.map((member: unknown, place) => {
    if (isRecord(member)) return member;
    throw new InputError(`${name}: ${list}[${place}] is ${quote(member)}: ${expected}`);
  });
  return { name, members };
}

/** A property that is text; undefined if it is missing, empty or something else. */
export function textIn(record: UnknownRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The records in a list property; empty if there is none. */
export function recordsIn(record: UnknownRecord, name: string): readonly UnknownRecord[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
