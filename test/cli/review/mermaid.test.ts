import { reviewOf } from "../../../cli/review/review";
import { mermaid } from "../../../cli/review/write/mermaid";
import { manyGroups } from "./example";
import { model, rules } from "./rules";

const ROOM = 15_000;
const chart = (program: ReturnType<typeof model>, room = ROOM) => mermaid(reviewOf(program).groups, room);
const edges = (text = "") => text.split("\n").filter((line) => /==>|\.->/.test(line));

test("draws what opens in one color and what closes in another, each group and place once", () => {
  const program = model([
    {
      group: "sg-0000000a",
      before: rules(["udp 53 to 10.0.0.2/32"]),
      after: rules(["tcp 443 to 10.0.0.0/8", "tcp 80 to 10.0.0.0/8"]),
    },
    { group: "sg-0000000b", after: rules(["tcp 5432 to sg-0000000a", "-1 to 10.0.0.0/8"]) },
  ]);
  expect(chart(program)).toBe(
    [
      "flowchart LR",
      '  n0["sg-0000000a"]',
      '  n1(["10.0.0.0/8"])',
      '  n2(["10.0.0.2/32"])',
      '  n3["sg-0000000b"]',
      '  n0 == "tcp 80, tcp 443" ==> n1',
      '  n0 -. "udp 53" .-> n2',
      '  n3 == "all traffic" ==> n1',
      '  n3 == "tcp 5432" ==> n0',
      "  linkStyle 0,2,3 stroke:#d4622a,stroke-width:3px",
      "  linkStyle 1 stroke:#3b82c4,stroke-width:2px",
    ].join("\n"),
  );
});

test("draws nothing if nothing opens or closes", () => {
  expect(chart(model([{}]))).toBeUndefined();
});

test("folds a large diagram by destination, and counts what it folds", () => {
  const text = chart(manyGroups(100, 1, (at) => [`tcp 22 to 198.51.100.${at % 4}/32`])) ?? "";
  expect(edges(text)).toHaveLength(36);
  expect(text).toContain('["more groups"]');
  expect(
    edges(text)
      .slice(32)
      .map((line) => /"(.*)"/.exec(line)?.[1]),
  ).toEqual(Array(4).fill("17 pieces of 17 groups"));
});

test("counts what still does not fit", () => {
  const text = chart(manyGroups(100, 1, (at) => [`tcp 22 to 198.51.100.${at}/32`])) ?? "";
  expect(edges(text)).toHaveLength(40);
  expect(text).toContain('more["and 60 pieces more"]');
});

test("draws fewer lines if names are long", () => {
  const program = model(
    Array.from({ length: 40 }, (_, at) => ({
      group: `${at}${"`".repeat(200)}`,
      after: rules([`tcp 22 to 10.0.0.${at}/32`]),
    })),
  );
  const room = 5_000;
  const text = chart(program, room) ?? "";
  expect(text.length).toBeLessThanOrEqual(room);
  expect(edges(text)).toHaveLength(10);
});
