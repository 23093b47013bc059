import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseExport } from "../../../cli/program/parseExport";
import { parsePreview } from "../../../cli/program/parsePreview";
import { modelOf } from "../../../cli/program/read";
import { reviewOf } from "../../../cli/review/review";
import { json } from "../../../cli/review/write/json";
import { markdown } from "../../../cli/review/write/markdown";
import { sarif } from "../../../cli/review/write/sarif";
import { text } from "../../../cli/review/write/text";
import { ROOT } from "../../setup";

/** The CLI's output for examples/reviewed; `npm run report` records it again, with the report. */
const { preview, state } = JSON.parse(readFileSync(join(__dirname, "recorded.json"), "utf8"));
const review = reviewOf(
  modelOf(
    parsePreview({ name: "preview", values: [preview] }),
    parseExport({ name: "state", values: [state] }),
  ),
);

test("the report in docs/ is the command's output: `npm run report` writes it", () => {
  expect(readFileSync(join(ROOT, "docs", "guides", "review-report.md"), "utf8")).toBe(markdown(review));
});

test("splitting a rule in two shows no change", () => {
  const [web] = JSON.parse(json(review)).groups;
  expect(web.opens.map(({ text: said }: { text: string }) => said)).toEqual([
    "tcp 443 to 10.21.0.0/16 (65,536 addresses)",
  ]);
  expect(web.closes).toEqual([]);
});

test("each format names the line of the program that allows SSH", () => {
  const program = readFileSync(join(ROOT, "examples", "reviewed", "index.ts"), "utf8").split("\n");
  const line = program.findIndex((code) => code.includes('new EgressRule("support"')) + 1;
  expect(text(review, false)).toContain(`support, "support of the vendor", index.ts:${line}\n`);
  expect(markdown(review)).toContain(`index.ts&#58;${line}`);
  expect(json(review)).toContain(`"line": ${line}`);
  const { results } = JSON.parse(sarif(review, { version: "1.0.0", folder: "examples/reviewed" })).runs[0];
  expect(
    results.find(({ ruleId }: { ruleId: string }) => ruleId === "admin-ports").locations[0].physicalLocation,
  ).toEqual({
    artifactLocation: { uri: "examples/reviewed/index.ts", uriBaseId: "%SRCROOT%" },
    region: { startLine: line },
  });
});
