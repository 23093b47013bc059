/** Reads a whole number, also one written as text (configuration values are text); undefined if it is none. */
export function parseInteger(value: unknown): number | undefined {
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) return oneZero(Number(value));
  return typeof value === "number" && Number.isInteger(value) ? oneZero(value) : undefined;
}

/** There is one zero: as JSON, minus zero would come back as another number than it left. */
function oneZero(number: number): number {
  return number === 0 ? 0 : number;
}
