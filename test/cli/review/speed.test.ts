import type { Model } from "../../../cli/program/model";
import { reviewOf } from "../../../cli/review/review";
import { markdown } from "../../../cli/review/write/markdown";
import { manyGroups } from "./example";
import { rule, rules } from "./rules";

/** Far above what it takes on a quiet machine. */
const MOST_MS = 2_000;

/** As many rules as EC2 lets a network interface have, in each group; the changes meet a good part of them. */
function fullGroups(): Model {
  const { groups } = manyGroups(5, 0, () => []);
  const all = Array.from({ length: 1000 }, (_, at) =>
    rule(`tcp ${1000 + at} to 10.${at % 256}.${at >> 8}.0/24`),
  );
  const more = Array.from({ length: 100 }, (_, at) => rule(`tcp 1-${at + 20000} to 10.${at}.0.0/16`));
  return {
    groups: groups.map((group) => ({ ...group, before: rules(all), after: rules([...all, ...more]) })),
    gaps: [],
  };
}

test.each([
  ["500 groups", manyGroups(500, 10, () => ["tcp 22 to 198.51.100.0/24"])],
  ["five full groups", fullGroups()],
])("5,000 rules and 500 changes in %s take less than two seconds", (_, program) => {
  const started = performance.now();
  expect(markdown(reviewOf(program))).toMatch(/^\*\*This change widens/);
  expect(performance.now() - started).toBeLessThan(MOST_MS);
});
