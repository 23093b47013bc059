/**
 * Draws docs/guides/review-report.png: the report in a browser, with its diagram drawn by Mermaid.
 *
 * Needs Chromium on PATH, and `npm ci --prefix test/cli/review/mermaid` for Mermaid.
 */
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { marked } = require("marked");

const root = join(__dirname, "..");
const mermaid = join(root, "test/cli/review/mermaid/node_modules/mermaid/dist/mermaid.min.js");

const report = readFileSync(join(root, "docs/guides/review-report.md"), "utf8");
const body = marked
  .parse(report)
  .replace(/<code class="language-mermaid">(.*?)<\/code>/s, '<div class="mermaid">$1</div>');
const page = `<!doctype html><meta charset="utf-8"><style>
  body { font: 15px/1.5 "DejaVu Sans", sans-serif; margin: 24px; width: 832px; color: #1f2328 }
  pre { background: none; margin: 0 } code { background: #eff1f3; padding: 1px 4px; border-radius: 4px; font-size: 13px }
  table { border-collapse: collapse; font-size: 13px } td, th { border: 1px solid #d1d9e0; padding: 5px 10px; text-align: left }
  h3 { margin-bottom: 8px }
</style>${body}<script src="${pathToFileURL(mermaid)}"></script>
<script>mermaid.initialize({ startOnLoad: true, securityLevel: "strict" })</script>`;

const folder = mkdtempSync(join(tmpdir(), "egress-picture-"));
try {
  const file = join(folder, "report.html");
  writeFileSync(file, page);
  execFileSync("chromium", [
    "--headless",
    "--no-sandbox",
    "--hide-scrollbars",
    `--user-data-dir=${join(folder, "profile")}`,
    "--window-size=880,850",
    "--virtual-time-budget=8000",
    `--screenshot=${join(root, "docs/guides/review-report.png")}`,
    pathToFileURL(file).href,
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
