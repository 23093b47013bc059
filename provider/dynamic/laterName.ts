import { randomUUID } from "node:crypto";

const names = new WeakMap<object, string>();
/** Two programs of one run, as a component of another process is one, have no name in common. */
const program = randomUUID();
let named = 0;

/** A name for what is known only later: the same for the same Output, and for no other. */
export function laterName(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const name = names.get(value) ?? `later ${program} ${named++}`;
  names.set(value, name);
  return name;
}
