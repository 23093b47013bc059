import { printable } from "./printable";
import { isUnknown } from "./unknown";

/** One thing wrong with one argument: the property, and the reason with the bad value and the remedy. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** Failures in one line, for where they are the reason of another error. */
export function failuresText(failures: readonly Failure[]): string {
  return failures.map(({ property, reason }) => `${property} ${reason}`).join("; ");
}

/** Where a parser says what is wrong with the property it reads. */
export type Report = (reason: string) => void;

const LONGEST_QUOTE = 80;

/** A value as an error shows it: as JSON, so that it prints safely, and cut where it is long. */
export function quote(value: unknown): string {
  if (isUnknown(value)) return "a value not yet known";
  const text = asJson(value) ?? printable(String(value));
  // By characters: half of one is no text.
  const characters = [...text.slice(0, 2 * LONGEST_QUOTE)];
  return characters.length <= LONGEST_QUOTE ? text : `${characters.slice(0, LONGEST_QUOTE).join("")}…`;
}

/** The name of a resource as an error shows it: whole, as the end of it may be all that tells two apart. */
export function quoteName(name: string): string {
  return printable(JSON.stringify(name));
}

function asJson(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  try {
    return printable(JSON.stringify(value));
  } catch {
    // A program may give what no wire carries, such as a BigInt: its plain text is to be seen then.
    return undefined;
  }
}
