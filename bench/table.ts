/** The results of one part of the benchmark. */
export interface Found {
  readonly table: Table;
  readonly limits: readonly Limit[];
}

export interface Table {
  readonly title: string;
  /** How it was measured. */
  readonly notes: readonly string[];
  /** The ratios come first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | number | boolean | null;

/** The maximum for a number. */
export interface Limit {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: string;
}

/** The limits as a separate table. */
export function limitsTable(limits: readonly Limit[]): Table {
  return {
    title: "Limits",
    notes: ["What was measured, as a part of what it may be at most: 1 or less is within the limit."],
    columns: ["measured / limit", "within", "what", "measured", "limit"],
    rows: limits.map(({ what, measured, limit, unit }) => {
      const isWithin = measured <= limit;
      return [ratio(measured, limit), isWithin, what, withUnit(measured, unit), withUnit(limit, unit)];
    }),
  };
}

/** One number as a multiple of another; null if it cannot be computed. */
export function ratio(one: number, other: number): number | null {
  if (other !== 0) return one / other;
  return one === 0 ? 1 : null;
}

function withUnit(value: number, unit: string): string {
  return `${shown(value)} ${unit}`.trim();
}

/** With a useful number of digits. */
export function shown(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "boolean") return cell ? "yes" : "**no**";
  if (typeof cell === "string") return cell;
  if (Number.isInteger(cell)) return String(cell);
  return Math.abs(cell) >= 100 ? cell.toFixed(0) : Math.abs(cell) >= 10 ? cell.toFixed(1) : cell.toFixed(2);
}

/** As aligned Markdown, for readers of plain text. */
export function markdown({ title, notes, columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, place) => Math.max(3, ...lines.map((line) => (line[place] ?? "").length)));
  const isNumber = columns.map((_, place) => rows.every((row) => typeof row[place] !== "string"));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, place) => padded(cell, widths[place] ?? 0, isNumber[place] ?? false)).join(" | ")} |`;
  const rule = widths.map((width, place) =>
    isNumber[place] ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  const [head = [], ...body] = lines;
  const table = [line(head), line(rule), ...body.map(line)].join("\n");
  return [`## ${title}`, table, notes.join("\n")].filter((part) => part !== "").join("\n\n");
}

function padded(text: string, width: number, isNumber: boolean): string {
  return isNumber ? text.padStart(width) : text.padEnd(width);
}
