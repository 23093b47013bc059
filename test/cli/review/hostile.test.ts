import fc from "fast-check";
import { marked, type Token } from "marked";
import { reviewOf } from "../../../cli/review/review";
import { json } from "../../../cli/review/write/json";
import { markdown } from "../../../cli/review/write/markdown";
import { mermaid } from "../../../cli/review/write/mermaid";
import { sarif } from "../../../cli/review/write/sarif";
import { text } from "../../../cli/review/write/text";
import { isPrintable } from "../../../provider/rule/printable";
import { HARMLESS, programWith } from "./example";
import { hostile } from "./hostile";

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

/** The structure of a page without its text: words in another place change it. */
function skeleton(tokens: readonly Token[]): unknown[] {
  return tokens.flatMap((token) => {
    if (token.type === "text" || token.type === "escape" || token.type === "space")
      return "tokens" in token && token.tokens ? skeleton(token.tokens) : [];
    if (token.type === "html") return [token.raw.trim()];
    if (token.type === "code") return ["code"];
    const cells = token.type === "table" ? [...token.header, ...token.rows.flat()] : [];
    const items = token.type === "list" ? token.items : [];
    const inner = [...("tokens" in token && token.tokens ? token.tokens : []), ...items];
    return [
      [token.type, ...skeleton(inner), ...cells.map((cell: { tokens: Token[] }) => skeleton(cell.tokens))],
    ];
  });
}

const shape = (page: string) => skeleton(marked.lexer(page));

test("Markdown: people's text never changes the structure of a page", () => {
  const harmless = shape(markdown(reviewOf(programWith(HARMLESS))));
  expect(JSON.stringify(harmless)).toContain("table");
  fc.assert(
    fc.property(hostile, (some) => {
      // Quotes in a name may close the code that holds it, and start more code.
      const plain = {
        ...some,
        resource: some.resource.replaceAll('"', "'"),
        what: some.what.replaceAll('"', "'"),
        gap: some.gap.replaceAll('"', "'"),
      };
      expect(flat(shape(markdown(reviewOf(programWith(plain)))))).toEqual(flat(harmless));
    }),
    RUNS,
  );
});

/** Without inline code: words in code do not affect the structure of the page. */
function flat(tokens: unknown): unknown {
  if (!Array.isArray(tokens)) return tokens;
  return tokens.filter((token) => token !== "<code>" && token !== "</code>").map(flat);
}

test("Markdown: no special character in people's text is left unescaped, and nobody is mentioned", () => {
  fc.assert(
    fc.property(hostile, (some) => {
      const page = markdown(reviewOf(programWith(some)));
      expect(isPrintable(page)).toBe(true);
      const outside = page
        .replace(/```mermaid.*?```/s, "")
        .replace(/<code>[^<]*<\/code>/g, "")
        .replace(/`[a-z0-9 -]+`/g, "");
      expect(outside).not.toMatch(
        /[@`\\[\]~$:]\S|https?:|www\.|<(?!\/?(details|summary|br|!--)|\/?(details|summary)>)/,
      );
    }),
    RUNS,
  );
});

test("Markdown: people's text stays readable", () => {
  const page = markdown(
    reviewOf(programWith({ ...HARMLESS, resource: "a|b `c` <d> & @e", reason: "1 < 2\nthen" })),
  );
  const shown = page.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  expect(shown).toContain("<code>a|b `c` <d> & @e</code> <code>1 < 2\\nthen</code>");
});

/** Everything allowed in a diagram: our own names, and quoted text with each special character as its number. */
const QUOTED = '"(?:[\\p{L}\\p{N} .,/-]|#\\d+;)+"';
const LINES = [
  "flowchart LR",
  `  n\\d+(?:\\[${QUOTED}\\]|\\(\\[${QUOTED}\\]\\))`,
  `  n\\d+ == ${QUOTED} ==> n\\d+`,
  `  n\\d+ -\\. ${QUOTED} \\.-> n\\d+`,
  `  more\\[${QUOTED}\\]`,
  "  linkStyle [\\d,]+ stroke:#[0-9a-f]{6},stroke-width:\\dpx",
];
const LINE = new RegExp(`^(?:${LINES.join("|")})$`, "u");

test("Mermaid: a diagram holds only our own lines, and people's special characters are escaped", () => {
  fc.assert(
    fc.property(hostile, (some) => {
      const chart = mermaid(reviewOf(programWith(some)).groups, 15_000) ?? "";
      expect(chart.split("\n").filter((line) => !LINE.test(line))).toEqual([]);
      expect(chart.split("\n").length).toBeGreaterThan(5);
    }),
    RUNS,
  );
});

/** The report's color codes. */
const ESCAPE = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESCAPE}\\[\\d{1,2}m`, "g");

test("terminal: the output holds no control sequences, and no lines that people's text adds", () => {
  fc.assert(
    fc.property(hostile, (some) => {
      const review = reviewOf(programWith(some));
      const page = text(review, false);
      expect(isPrintable(page)).toBe(true);
      expect(page.split("\n")).toHaveLength(text(reviewOf(programWith(HARMLESS)), false).split("\n").length);
      const unpainted = text(review, true).replace(COLOURS, "");
      expect(unpainted).toBe(page);
    }),
    RUNS,
  );
});

test("JSON and SARIF: people's text comes back unchanged, without terminal control characters", () => {
  fc.assert(
    fc.property(hostile, (some) => {
      const review = reviewOf(programWith(some));
      const report = json(review);
      expect(isPrintable(report)).toBe(true);
      expect(isPrintable(sarif(review, { version: "1.0.0", folder: "" }))).toBe(true);
      const { groups, gaps } = JSON.parse(report);
      expect(gaps).toEqual([some.gap]);
      const group = groups.find((one: { group: string }) => one.group === some.group);
      expect(group.closes[0].because[0]).toEqual({
        resource: some.resource,
        reason: some.reason,
        source: { file: some.file, line: 4 },
      });
    }),
    RUNS,
  );
});
