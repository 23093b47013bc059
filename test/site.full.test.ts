import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./setup";

const DOCS = join(ROOT, "docs");
const scratch = mkdtempSync(join(tmpdir(), "egress-site-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Builds the site of a folder with the packages that `npm ci --prefix docs` installed. */
async function build(folder: string, site: string): Promise<void> {
  const vitepress = join(DOCS, "node_modules", "vitepress", "bin", "vitepress.js");
  if (!existsSync(vitepress)) throw new Error(`${vitepress} is missing: run npm ci --prefix docs`);
  await promisify(execFile)(process.execPath, [vitepress, "build", folder, "--outDir", site], {
    maxBuffer: 2 ** 26,
  });
}

test("the site has every page, as HTML and as Markdown, a search, and a list of pages for language models", async () => {
  const site = join(scratch, "site");
  await build(DOCS, site);
  const pages = readdirSync(DOCS, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".md") && !file.includes("node_modules") && !file.startsWith("."),
  );
  expect(pages.length).toBeGreaterThan(50);
  const html = (page: string) => page.replace(/README\.md$/, "index.md").replace(/md$/, "html");
  expect(pages.filter((page) => !existsSync(join(site, html(page))))).toEqual([]);

  const markdown = pages.filter((page) => !page.endsWith("README.md"));
  expect(markdown.filter((page) => !existsSync(join(site, page)))).toEqual([]);
  const llms = readFileSync(join(site, "llms.txt"), "utf8");
  expect(markdown.filter((page) => !llms.includes(`(/${page})`))).toEqual([]);
  const chunks = readdirSync(join(site, "assets", "chunks"));
  expect(chunks.some((chunk) => chunk.startsWith("@localSearchIndex"))).toBe(true);
  const drawn = readFileSync(join(site, "explanation", "architecture.html"), "utf8");
  expect(drawn).toContain('class="mermaid"');
}, 300_000);

test("a link that leads nowhere fails the build", async () => {
  const folder = join(scratch, "docs");
  cpSync(join(DOCS, ".vitepress"), join(folder, ".vitepress"), {
    recursive: true,
    filter: (file) => !/dist|cache/.test(file.slice(DOCS.length)),
  });
  symlinkSync(join(DOCS, "node_modules"), join(folder, "node_modules"));
  cpSync(join(DOCS, "package.json"), join(folder, "package.json"));
  writeFileSync(join(folder, "README.md"), "# Docs\n\n[Nowhere](guides/nowhere.md)\n");
  await expect(build(folder, join(scratch, "dead"))).rejects.toThrow(/dead link[\s\S]*nowhere/);
}, 300_000);
