import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import * as ts from "typescript";
import { fullTest } from "./fullTest";
import { ROOT } from "./setup";

const DOCS = join(ROOT, "docs");
/** Pages outside the reference. */
const MADE = ["reference/catalogue.md", "reference/errors.md", "reference/ec2-errors.md"];
const PAGES = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...markdownIn(join(ROOT, "examples")).map((page) => join("examples", page)),
  ...markdownIn(DOCS).map((page) => join("docs", page)),
];

/** The Markdown files of a folder and its subfolders, as relative paths; without installed or built ones. */
function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /^(?!\.vitepress|.*node_modules).*\.md$/.test(file))
    .sort();
}

test("the pages made from the code are up to date: `npm run docs` writes them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "egress-docs-"));
  try {
    const script = join(ROOT, "scripts", "docs.ts");
    await promisify(execFile)(process.execPath, ["--import", "tsx", script, folder], { cwd: ROOT });
    const made = markdownIn(folder);
    const kept = markdownIn(DOCS).filter((page) => MADE.includes(page) || page.startsWith("reference/api/"));
    expect(kept).toEqual(made);
    const read = (from: string) => made.map((page) => [page, readFileSync(join(from, page), "utf8")]);
    expect(read(DOCS)).toEqual(read(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("no page is longer than 250 lines", () => {
  const lengths = PAGES.map(
    (page) => [page, readFileSync(join(ROOT, page), "utf8").split("\n").length] as const,
  );
  expect(lengths.filter(([, lines]) => lines > 251)).toEqual([]);
});

test("the index lists every page of docs/", () => {
  const index = readFileSync(join(DOCS, "README.md"), "utf8");
  const unlisted = markdownIn(DOCS).filter(
    (page) => page !== "README.md" && !page.startsWith("reference/api/") && !index.includes(`(${page})`),
  );
  // Other pages lead to these.
  expect(unlisted).toEqual(["explanation/faults-without-claims.md", "guides/review-report.md"]);
});

test("every page that the code names exists", () => {
  const named = ["provider", "components", "cli", "testing", "scripts", "test", "soak", "bench"].flatMap(
    (folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(ts|js)$/.test(file) && !file.includes("node_modules"))
        .flatMap(
          (file) =>
            readFileSync(join(ROOT, folder, file), "utf8").match(/docs\/[\w/-]+\.(md|svg|png|json)/g) ?? [],
        ),
  );
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
});

test("every test that a page tells readers to run exists", () => {
  const tests = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => `test/${file}`);
  const named = PAGES.flatMap((page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(/npx jest ([^`]+)`/g)].flatMap(([, args = ""]) =>
      args.split(/\s+/).filter((arg) => arg.startsWith("test/")),
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !tests.some((test) => test.startsWith(path)))).toEqual([]);
});

test("every link leads to an existing file and heading", () => {
  const broken = PAGES.flatMap((page) => {
    const file = join(ROOT, page);
    return linksIn(readFileSync(file, "utf8"))
      .filter((link) => !leadsSomewhere(file, link))
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

function leadsSomewhere(file: string, link: string): boolean {
  const ours = REPOSITORY.test(link);
  if (!ours && /^[a-z]+:/.test(link)) return true;
  const [path = "", heading] = link.replace(REPOSITORY, "").split("#");
  const target = path === "" ? file : resolve(ours ? ROOT : dirname(file), decodeURIComponent(path));
  if (heading === undefined) return existsSync(target);
  return target.endsWith(".md") && existsSync(target) && anchorsIn(readFileSync(target, "utf8")).has(heading);
}

/** Where a page's links and pictures lead. */
function linksIn(page: string): string[] {
  return [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
}

/** Links to this repository point to its files: they are absolute where npm shows a page alone. */
const REPOSITORY =
  /^https:\/\/(?:github\.com\/pulumi-aws-egress\/pulumi-aws-egress\/(?:blob|tree)|raw\.githubusercontent\.com\/pulumi-aws-egress\/pulumi-aws-egress)\/main\//;

/** Link targets within a page, from its headings as on GitHub, and from explicit anchors. */
function anchorsIn(page: string): Set<string> {
  const anchors = new Set<string>([...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id));
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

fullTest("the examples in the README and docs/ compile", async () => {
  const examples = new Map<string, string>();
  for (const page of PAGES.filter((file) => !file.startsWith(join("docs", "reference", "api")))) {
    const blocks = readFileSync(join(ROOT, page), "utf8").matchAll(/^```ts\n(import [\s\S]*?)^```/gm);
    for (const [, program = ""] of blocks) {
      examples.set(join(DOCS, `${basename(page, ".md")}.${examples.size}.ts`), program);
    }
  }
  expect(examples.size).toBeGreaterThan(0);
  expect(problemsOf(examples)).toEqual([]);
});

/** The TypeScript errors of programs without a file, compiled against this package's sources. */
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
