import { printable } from "./printable";
import { isUnknown } from "./unknown";

/** One thing that is wrong with one argument: the property, and the reason with the bad value and the remedy. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** Failures in one line, for use as the reason of another error. */
export function failuresText(failures: readonly Failure[]): string {
  return failures.map(({ property, reason }) => `${property} ${reason}`).join("; ");
}

/** Collects what is wrong with the property that a parser reads. */
export type Report = (reason: string) => void;

const LONGEST_QUOTE = 80;

/** A value as an error shows it: as JSON, so that it prints safely, and shortened if it is long. */
export function quote(value: unknown): string {
  if (isUnknown(value)) return "a value not yet known";
  const text = asJson(value) ?? printable(String(value));
  // Cut between characters: half a surrogate pair is not text.
  const characters = [...text.slice(0, 2 * LONGEST_QUOTE)];
  return characters.length <= LONGEST_QUOTE ? text : `${characters.slice(0, LONGEST_QUOTE).join("")}…`;
}

/** The name of a resource as an error shows it: in full, because two names may differ only at their ends. */
export function quoteName(name: string): string {
  return printable(JSON.stringify(name));
}

function asJson(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  try {
    return printable(JSON.stringify(value));
  } catch {
    // A program may pass values that JSON cannot hold, such as a BigInt: show their plain text.
    return undefined;
  }
}
