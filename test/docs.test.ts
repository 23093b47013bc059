import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import * as ts from "typescript";
import { ROOT } from "./setup";

const DOCS = join(ROOT, "docs");
const PAGES = [
  "README.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  ...markdownIn(DOCS).map((page) => join("docs", page)),
];

/** The Markdown files of a folder and those below it, as paths within it. */
function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .sort();
}

test("what is made from the code is up to date: `npm run docs` makes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "egress-docs-"));
  try {
    const script = join(ROOT, "scripts", "docs.ts");
    await promisify(execFile)(process.execPath, ["--import", "tsx", script, folder], { cwd: ROOT });
    const made = markdownIn(folder);
    const kept = markdownIn(DOCS).filter(
      (page) =>
        ["reference/catalogue.md", "reference/errors.md"].includes(page) || page.startsWith("reference/api/"),
    );
    expect(kept).toEqual(made);
    const read = (from: string) => made.map((page) => [page, readFileSync(join(from, page), "utf8")]);
    expect(read(DOCS)).toEqual(read(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every link leads to a file, and to a heading, that is there", () => {
  const broken = PAGES.flatMap((page) => {
    const file = join(ROOT, page);
    return linksIn(readFileSync(file, "utf8"))
      .filter((link) => !leadsSomewhere(file, link))
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

function leadsSomewhere(file: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? file : resolve(dirname(file), decodeURIComponent(path));
  if (heading === undefined) return existsSync(target);
  return target.endsWith(".md") && existsSync(target) && anchorsIn(readFileSync(target, "utf8")).has(heading);
}

/** The relative links of a page. */
function linksIn(page: string): string[] {
  const links = [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

/** Where links may lead within a page, as GitHub makes them of its headings. */
function anchorsIn(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutBlocks(page).matchAll(/^#+ (.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-");
    let unique = anchor;
    for (let again = 1; anchors.has(unique); again++) unique = `${anchor}-${again}`;
    anchors.add(unique);
  }
  return anchors;
}

function withoutBlocks(page: string): string {
  return page.replace(/^```[\s\S]*?^```/gm, "");
}

function withoutCode(page: string): string {
  return withoutBlocks(page).replace(/`[^`\n]*`/g, "");
}

test("the examples in docs/ are programs that TypeScript takes", () => {
  const examples = new Map<string, string>();
  for (const page of markdownIn(DOCS).filter((file) => !file.startsWith("reference/api/"))) {
    const blocks = readFileSync(join(DOCS, page), "utf8").matchAll(/^```ts\n(import [\s\S]*?)^```/gm);
    for (const [, program = ""] of blocks) {
      examples.set(join(DOCS, `${basename(page, ".md")}.${examples.size}.ts`), program);
    }
  }
  expect(examples.size).toBeGreaterThan(0);
  expect(problemsOf(examples)).toEqual([]);
});

/** What TypeScript says of programs that are in no file, against the sources of this package. */
function problemsOf(programs: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const paths = { "pulumi-aws-egress": ["./index.ts"], "pulumi-aws-egress/testing": ["./testing/index.ts"] };
  const host = ts.createCompilerHost({ ...options, paths });
  const { fileExists, readFile } = host;
  host.fileExists = (file) => programs.has(file) || fileExists(file);
  host.readFile = (file) => programs.get(file) ?? readFile(file);
  const program = ts.createProgram([...programs.keys()], { ...options, paths }, host);
  return [...programs.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${relative(ROOT, file)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}
