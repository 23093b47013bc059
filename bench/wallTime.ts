import { ec2Buckets } from "../test/ec2/endpoint";
import { type Bench, LATENCY } from "./bench";
import { naive, sets, singles, singlesAtOnce } from "./pulumiWays";
import { benchRules } from "./rules";
import { type Cell, type Found, ratio } from "./table";
import { type Cost, costOf, type Way, withSession } from "./way";

/** How many rules a new group in EC2 accepts. */
const IN_GROUP = 60;

/** The time that a way needs, from few rules to many. */
export interface Curve {
  readonly way: string;
  readonly points: readonly ({ readonly rules: number } & Cost)[];
}

/** The time from nothing to this many rules, under latency and EC2's bucket. */
export async function benchWallTime(bench: Bench): Promise<{ found: Found; curves: readonly Curve[] }> {
  const { endpoint, terraform, quick, say } = bench;
  await endpoint.slow({ milliseconds: LATENCY });
  const curves: Curve[] = [];
  for (const way of [sets, singles, singlesAtOnce, naive, ...(terraform ? [terraform] : [])]) {
    const points: Curve["points"][number][] = [];
    for (const rules of quick ? [1, 60] : [1, 10, 60, 200, 600]) {
      say(`wall time: ${way.name}, ${rules}`);
      points.push({ rules, ...(await create(bench, way, rules)) });
    }
    curves.push({ way: way.name, points });
  }
  await endpoint.throttle({});
  return { found: { table: tableOf(curves), limits: [] }, curves };
}

async function create({ endpoint }: Bench, way: Way, count: number): Promise<Cost> {
  const rules = benchRules(count, await endpoint.makeGroups(Math.ceil(count / IN_GROUP)));
  // Full again for each, as for a person who runs it once a day.
  await endpoint.throttle(ec2Buckets);
  return withSession(way, endpoint, ({ up }) => costOf(endpoint, () => up(rules)));
}

function tableOf(curves: readonly Curve[]): Found["table"] {
  const ofSets = curves.find(({ way }) => way === sets.name);
  const counts = ofSets?.points.map(({ rules }) => rules) ?? [];
  const rows = counts.flatMap((rules) => {
    const secondsOfSet = ofSets?.points.find((point) => point.rules === rules)?.seconds ?? Number.NaN;
    return curves.flatMap(({ way, points }) =>
      points
        .filter((point) => point.rules === rules)
        .map(({ seconds, calls, throttled, ok }): Cell[] => [
          ratio(seconds, secondsOfSet),
          rules,
          way,
          seconds,
          calls,
          throttled,
          ok,
        ]),
    );
  });
  return {
    title: "Wall time: from nothing to so many rules",
    notes: [
      `One run, ${LATENCY} ms a call, EC2's buckets (50 requests, then 5 a second), 60 rules a group at most.`,
      "Throttled calls are among the calls.",
    ],
    columns: ["seconds / set's", "rules", "way", "seconds", "calls", "throttled", "came up"],
    rows,
  };
}
