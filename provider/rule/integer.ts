/** Reads an integer, also from text, because configuration values are text; undefined if it is not one. */
export function parseInteger(value: unknown): number | undefined {
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) return oneZero(Number(value));
  return typeof value === "number" && Number.isInteger(value) ? oneZero(value) : undefined;
}

/** Normalize minus zero: JSON would return it as zero. */
function oneZero(number: number): number {
  return number === 0 ? 0 : number;
}
