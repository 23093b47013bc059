import { reviewOf } from "../../../cli/review/review";
import { MARK, markdown } from "../../../cli/review/write/markdown";
import { HARMLESS, manyGroups, programWith } from "./example";
import { from, model, rule, rules } from "./rules";

const LIMIT = 60_000;
const page = (program: ReturnType<typeof model>) => markdown(reviewOf(program));
const change = (before: string[], after: string[]) => model([{ before: rules(before), after: rules(after) }]);

test.each([
  [
    "that it widens",
    change([], ["tcp 443 to 10.0.0.0/8"]),
    "**This change widens what may leave**: 1 of 1 group, 1 piece of reach opens.",
  ],
  [
    "that it narrows",
    change(["tcp 443 to 10.0.0.0/8"], []),
    "**This change narrows what may leave**: 1 of 1 group, 1 piece of reach closes, 1 finding.",
  ],
  [
    "that nothing changes",
    change(["tcp 80-81 to 10.0.0.0/8"], ["tcp 80 to 10.0.0.0/8", "tcp 81 to 10.0.0.0/8"]),
    "**No change in reach**: 1 group reviewed.",
  ],
  [
    "that nothing changes, as far as is known",
    model([], ["No state was given."]),
    "**No change in reach, as far as the review can tell**: 0 groups reviewed.",
  ],
  [
    "that it is not known",
    model([{ before: undefined, after: undefined }]),
    "**It is unknown what this change opens**: 1 group reviewed, 1 group unknown, 1 finding.",
  ],
  [
    "how much is bad",
    change([], ["tcp 22 to 198.51.100.0/24", "-1 to ::/0"]),
    "**This change widens what may leave**: 1 of 1 group, 2 pieces of reach open, 2 findings (2 high).",
  ],
])("the first line is %s", (_, program, line) => {
  expect(page(program).split("\n")[0]).toBe(line);
});

test("resources that change without a change in reach are named, and untouched ones are counted", () => {
  const program = programWith(HARMLESS);
  expect(page(program)).toContain(
    "**No change in reach**, although rules change, in <code>sg-0123456789abcdef0 too</code>.",
  );
  expect(page(program)).toContain("1 group unchanged.");
});

test("a pipeline finds its comment by an invisible mark", () => {
  expect(page(change([], []))).toMatch(new RegExp(`${MARK}\\n$`));
});

test("anything that could not be checked comes first", () => {
  expect(page(programWith(HARMLESS)).split("\n")[2]).toBe("> **Not reviewed**: No state was given.");
});

test("a piece stands beside its resource, reason and line", () => {
  const web = from("web", { reason: "calls the shop", source: { file: "index.ts", line: 4 } });
  expect(page(model([{ after: rules([rule("tcp 443 to 10.0.4.0/22", web)]) }]))).toContain(
    "| **opens** | <code>tcp 443 to 10.0.4.0/22 (1,024 addresses)</code> | <code>web</code> <code>calls the shop</code> <code>index.ts&#58;4</code> |",
  );
});

test("a long table is folded, a short one is not", () => {
  const many = (count: number) =>
    change(
      [],
      Array.from({ length: count }, (_, at) => `tcp ${at * 2} to 10.0.0.0/8`),
    );
  expect(page(many(10))).not.toContain("<details>");
  expect(page(many(11))).toContain("<details><summary>11 open, 0 close</summary>");
});

describe("never exceeds the length of a comment", () => {
  const folds = (text: string) => [
    text.match(/<details>/g)?.length ?? 0,
    text.match(/<\/details>/g)?.length ?? 0,
  ];

  test.each([
    ["many groups", manyGroups(400, 2, () => ["tcp 22 to 198.51.100.0/24", "-1 to 10.0.0.0/8"])],
    [
      "one group with much",
      change(
        [],
        Array.from({ length: 3000 }, (_, at) => `tcp ${at * 2} to 10.0.${at % 256}.0/24`),
      ),
    ],
    [
      "long words",
      programWith({
        ...HARMLESS,
        resource: "`".repeat(5000),
        reason: "|😀".repeat(5000),
        group: "<".repeat(5000),
        file: "&".repeat(5000),
        what: "@".repeat(5000),
        gap: "`".repeat(9000),
      }),
    ],
    [
      "much that is not known",
      model(
        Array.from({ length: 50 }, (_, at) => ({
          group: `g${at}`,
          after: rules([], {
            unknown: Array.from({ length: 50 }, () => ({
              because: from("`".repeat(300)),
              what: "|".repeat(900),
            })),
          }),
        })),
        Array.from({ length: 500 }, () => "~".repeat(900)),
      ),
    ],
  ])("%s", (_, program) => {
    const text = page(program);
    expect(text.length).toBeLessThan(LIMIT);
    expect(text).toMatch(new RegExp(`${MARK}\\n$`));
    expect(folds(text)[0]).toBe(folds(text)[1]);
  });

  test("omitted rows are counted", () => {
    const text = page(manyGroups(400, 2, () => ["tcp 22 to 198.51.100.0/24"]));
    const shown = text.match(/^### /gm)?.length ?? 0;
    expect(text).toContain(`*${400 - shown} groups more: \`--format json\` lists all of them.*`);
    const rows = page(
      change(
        [],
        Array.from({ length: 3000 }, (_, at) => `tcp ${at * 2} to 10.0.${at % 256}.0/24`),
      ),
    );
    const shownRows = rows.match(/^\| \*\*opens/gm)?.length ?? 0;
    expect(rows).toContain(
      `*${(3000 - shownRows).toLocaleString("en-US")} rows more: \`--format json\` lists all of them.*`,
    );
  });
});
