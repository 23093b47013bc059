import { reviewOf } from "../../../cli/review/review";
import { sarif } from "../../../cli/review/write/sarif";
import { HARMLESS, manyGroups, programWith } from "./example";
import { model } from "./rules";
import { sarifErrors } from "./sarifSchema";

const OPTIONS = { version: "1.2.3", folder: "" };

const run = (program: ReturnType<typeof model>, options = OPTIONS) =>
  JSON.parse(sarif(reviewOf(program), options)).runs[0];

test.each([
  ["a change of every kind", programWith(HARMLESS)],
  ["names that break URIs", programWith({ ...HARMLESS, file: "a b/ü#%?\ud800.ts", resource: "\u0000<x>" })],
  ["no groups", model([])],
  ["many groups", manyGroups(200, 2, () => ["-1 to 0.0.0.0/0"])],
])("is valid: %s", (_, program) => {
  expect(sarifErrors(JSON.parse(sarif(reviewOf(program), OPTIONS)))).toEqual([]);
});

test("the schema accepts nothing else", () => {
  expect(sarifErrors({ version: "2.1.0", runs: [{ results: [] }] })).not.toEqual([]);
});

test("shows each finding and each piece at its line", () => {
  const { results } = run(programWith(HARMLESS), { ...OPTIONS, folder: "infra/shop" });
  expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => `${level} ${ruleId}`)).toEqual(
    expect.arrayContaining([
      "error admin-ports",
      "warning not-known",
      "note opens",
      "note closes",
      "note redundant-rule",
    ]),
  );
  for (const { locations } of results) {
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "infra/shop/index.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 4 },
    });
  }
});

test("each result has a kind that the tool lists, and anything that could not be checked is reported", () => {
  const { tool, results, invocations } = run(programWith(HARMLESS));
  const kinds = new Set(tool.driver.rules.map(({ id }: { id: string }) => id));
  expect(results.filter(({ ruleId }: { ruleId: string }) => !kinds.has(ruleId))).toEqual([]);
  expect(invocations[0].toolExecutionNotifications[0].message.text).toBe("Not reviewed: No state was given.");
});

test("writes no more results than code scanning accepts, and reports the cut", () => {
  const { results, invocations } = run(manyGroups(3000, 1, () => ["tcp 22 to 198.51.100.0/24"]));
  expect(results).toHaveLength(5000);
  expect(invocations[0].toolExecutionNotifications[0].message.text).toBe("1000 more results are left out.");
});
