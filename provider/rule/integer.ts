/** Reads a whole number, also one written as text (configuration values are text); undefined if it is none. */
export function parseInteger(value: unknown): number | undefined {
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}
