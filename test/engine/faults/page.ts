import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../setup";

const PAGE = join(ROOT, "docs", "explanation", "reliability.md");

/**
 * Compares what a run has shown with its part of docs/explanation/reliability.md, which begins and ends with comments of its name;
 * `npm run reliability` writes that part instead, and leaves all else as it is.
 */
export function expectInPage(name: string, lines: readonly string[]): void {
  const page = readFileSync(PAGE, "utf8");
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (from < begin.length || to < from)
    throw new Error(`docs/explanation/reliability.md has no part ${name}`);
  const part = `\n${lines.join("\n")}\n\n`;
  if (process.env.RELIABILITY === "write") {
    writeFileSync(PAGE, page.slice(0, from) + part + page.slice(to));
  } else {
    expect(page.slice(from, to).split("\n")).toEqual(part.split("\n"));
  }
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
