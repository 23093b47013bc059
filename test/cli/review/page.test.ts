import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS } from "../../../cli/review/findings";
import { MARK } from "../../../cli/review/write/markdown";
import { ROOT } from "../../setup";

const read = (name: string) => readFileSync(join(ROOT, "docs", "guides", name), "utf8");

test("the page lists each kind of finding with its severity, and no other", () => {
  const rows = [
    ...read("pull-requests.md").matchAll(/^\| `([a-z0-9-]+)` \| (high|medium|low|info) \|/gm),
  ].map(([, id, severity]) => [id, severity]);
  expect(rows.sort()).toEqual(KINDS.map(({ id, severity }) => [id, severity]).sort());
});

test("both pipelines look for the mark that each report contains", () => {
  expect(read("pull-requests.md").split(MARK)).toHaveLength(3);
  expect(read("review-report.md")).toContain(MARK);
});
