import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Counts } from "./counts";

/** A finished soak. */
export interface Done {
  readonly minutes: number;
  readonly seed: number;
  readonly counts: Counts;
}

const PAGE = join(__dirname, "..", "docs", "explanation", "reliability.md");
const [START, END] = ["<!-- soak -->", "<!-- /soak -->"];

/** Writes a soak's results into their place on the page. */
export function record(done: Done): void {
  if (!existsSync(PAGE)) throw new Error(`There is no ${PAGE} to record the soak in`);
  writeFileSync(PAGE, withRecord(readFileSync(PAGE, "utf8"), done));
}

/** The page with this soak in place of the last one. */
export function withRecord(page: string, done: Done): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`The page has no place between ${START} and ${END}`);
  return `${page.slice(0, start + START.length)}\n${recordText(done)}\n${page.slice(end)}`;
}

/** A soak's results, in Markdown. */
export function recordText({ minutes, seed, counts }: Done): string {
  const rows: [string, number][] = [
    ["steps", counts.steps],
    ["changes of the program", counts.edits],
    ["changes made by hand", counts.drifts],
    ["`up`", counts.ups],
    ["`refresh`", counts.refreshes],
    ["`preview`", counts.previews],
    ["calls", counts.calls],
    ["calls that a fault befell", counts.faults],
    ["kills", counts.kills],
    ["differences", counts.differences],
  ];
  const line = (...cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const table = [line("what", "how many"), line("---", "---:")].concat(
    rows.map(([what, count]) => line(what, count.toLocaleString("en-US"))),
  );
  const command = `npm run soak -- --minutes ${Math.round(minutes)} --seed ${seed}`;
  return `\n\`${command}\`:\n\n${table.join("\n")}\n`;
}
