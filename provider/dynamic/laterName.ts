import { randomUUID } from "node:crypto";

const names = new WeakMap<object, string>();
/** Distinguishes the programs of one run, such as a component in another process, so that they share no name. */
const program = randomUUID();
let named = 0;

/** A name for a value that is known only later: the same for the same Output, and for no other. */
export function laterName(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const name = names.get(value) ?? `later ${program} ${named++}`;
  names.set(value, name);
  return name;
}
