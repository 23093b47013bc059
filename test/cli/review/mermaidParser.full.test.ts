import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import type { GroupReview } from "../../../cli/review/groupReview";
import { reviewOf } from "../../../cli/review/review";
import { lineOf } from "../../../cli/review/write/line";
import { mermaid } from "../../../cli/review/write/mermaid";
import { groupName } from "../../../cli/review/write/words";
import { RECORDED, readRecorded } from "../program/told";
import { manyGroups, programWith } from "./example";
import { hostile } from "./hostile";

interface Drawn {
  readonly type: string;
  readonly nodes: readonly {
    readonly text: string;
    readonly link?: string;
    readonly classes: readonly string[];
  }[];
  readonly edges: readonly {
    readonly text: string;
    readonly stroke: string;
    readonly style?: readonly string[];
  }[];
}

const FOLDER = join(__dirname, "mermaid");
// Mermaid is as large as everything else together, so only `npm run test:tools` installs it.

const chartOf = (program: ReturnType<typeof programWith>) => mermaid(reviewOf(program).groups, 15_000) ?? "";

function drawn(charts: readonly string[]): Drawn[] {
  const answer = execFileSync(process.execPath, [join(FOLDER, "parse.mjs")], {
    input: JSON.stringify(charts),
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(answer.toString());
}

test("Mermaid itself reads the intended nodes, edges and colors", () => {
  const [chart] = drawn([chartOf(manyGroups(100, 1, (at) => [`tcp 22 to 198.51.100.${at}/32`]))]);
  expect(chart?.type).toBe("flowchart-v2");
  expect(chart?.edges).toHaveLength(40);
  expect(chart?.edges[0]).toMatchObject({
    text: "tcp 22",
    stroke: "thick",
    style: expect.arrayContaining(["stroke:#d4622a", "stroke-width:3px"]),
  });
  expect(chart?.nodes.at(-1)?.text).toBe("and 60 pieces more");
});

test("Mermaid itself draws one edge for each destination that opens or closes in the CLI's previews", async () => {
  const reviews = await Promise.all(RECORDED.map(async (program) => reviewOf(await readRecorded(program))));
  const changed = reviews.filter(({ groups }) => groups.some(hasPieces));
  expect(changed.length).toBeGreaterThan(2);
  const charts = drawn(changed.map(({ groups }) => mermaid(groups, 15_000) ?? ""));
  expect(charts.map(({ edges }) => edges.length)).toEqual(
    changed.map(({ groups }) => groups.reduce((sum, group) => sum + destinations(group), 0)),
  );
});

const hasPieces = ({ opens, closes }: GroupReview) => opens.length + closes.length > 0;
const destinations = ({ opens, closes }: GroupReview) =>
  [opens, closes].reduce(
    (sum, pieces) => sum + new Set(pieces.map(({ destination }) => destination)).size,
    0,
  );

test("Mermaid itself shows people's text, and treats none of it as syntax", () => {
  const samples = fc.sample(hostile, Number(process.env.FUZZ_RUNS ?? 200));
  const charts = drawn(samples.map((words) => chartOf(programWith(words))));
  samples.forEach((words, at) => {
    const chart = charts[at];
    expect(chart?.nodes).toHaveLength(5);
    expect(chart?.edges).toHaveLength(5);
    const [{ group, urn } = { group: "" }] = programWith(words).groups;
    const name = lineOf(groupName({ group, ...(urn !== undefined && { urn }) }), 60);
    expect(chart?.nodes[0]?.text.trim()).toBe(name.trim());
    expect(chart?.nodes.filter(({ link, classes }) => link !== undefined || classes.length > 0)).toEqual([]);
  });
});
