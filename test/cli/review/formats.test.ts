import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { reviewOf } from "../../../cli/review/review";
import { json } from "../../../cli/review/write/json";
import { markdown } from "../../../cli/review/write/markdown";
import { sarif } from "../../../cli/review/write/sarif";
import { text } from "../../../cli/review/write/text";
import { ROOT } from "../../setup";
import { RECORDED, readRecorded } from "../program/told";
import { sarifErrors } from "./sarifSchema";

const schema: unknown = JSON.parse(
  readFileSync(join(ROOT, "docs", "reference", "review.schema.json"), "utf8"),
);
const validate = new Ajv({ allErrors: true }).compile(Object(schema));

test.each(RECORDED)("each format shows a preview of %s with the same pieces", async (program) => {
  const review = reviewOf(await readRecorded(program));
  const report = JSON.parse(json(review));
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  const shown = JSON.parse(sarif(review, { version: "1.0.0", folder: "" }));
  expect(sarifErrors(shown)).toEqual([]);

  const pieces = review.groups.flatMap(({ opens, closes }) => [...opens, ...closes]);
  const results: { ruleId: string }[] = shown.runs[0].results;
  expect(results.filter(({ ruleId }) => ruleId === "opens" || ruleId === "closes")).toHaveLength(
    pieces.length,
  );
  const [page, lines] = [markdown(review), text(review, false)];
  for (const { text: said } of pieces) {
    expect(lines).toContain(said);
    // Markdown's own characters are written as entities.
    expect(page.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))).toContain(said);
  }
  expect(page.includes("```mermaid")).toBe(pieces.length > 0);
});

test("traffic that may only perhaps close is not reported as closed, and unknowns are reported once", async () => {
  const streamed = reviewOf(await readRecorded("egressRules", "streamed.jsonl"));
  const [web] = streamed.groups.filter(({ closes, unknown }) => closes.length > 0 && unknown.length > 0);
  expect(web?.verdict).toBe("widens");
  expect(text(streamed, false)).toContain("  - perhaps tcp 5432 to database\n");
  expect(markdown(streamed)).toContain("| may close |");

  const messages = reviewOf(await readRecorded("notKnown")).groups.flatMap(({ findings }) =>
    findings.map(({ message }) => message),
  );
  expect(new Set(messages).size).toBe(messages.length);
});
