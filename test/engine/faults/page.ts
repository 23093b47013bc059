import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../setup";

const EXPLANATION = join(ROOT, "docs", "explanation");

/**
 * Compares a run's outcomes with their part of docs/explanation/faults.md, or of its sibling page for rules without
 * claims. Comments mark the start and end of a part; `npm run reliability` writes it, and leaves the rest unchanged.
 */
export function expectInPage(name: string, lines: readonly string[]): void {
  const file = name.endsWith("without claims") ? "faults-without-claims.md" : "faults.md";
  const page = readFileSync(join(EXPLANATION, file), "utf8");
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (from < begin.length || to < from) throw new Error(`docs/explanation/${file} has no part ${name}`);
  const part = `\n${lines.join("\n")}\n\n`;
  if (process.env.RELIABILITY === "write") {
    writeFileSync(join(EXPLANATION, file), page.slice(0, from) + part + page.slice(to));
  } else {
    expect(page.slice(from, to).split("\n")).toEqual(part.split("\n"));
  }
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
