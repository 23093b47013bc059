import { ec2Buckets } from "../test/ec2/endpoint";
import { type Bench, LATENCY } from "./bench";
import { median } from "./median";
import { naive, naiveByDefault, sets, singles, singlesAtOnce } from "./pulumiWays";
import { benchRules } from "./rules";
import { type Cell, type Found, type Limit, ratio } from "./table";
import type { Curve } from "./wallTime";
import { type Cost, costOf, type Way, withSession } from "./way";

const COUNT = 200;
const GROUPS = 4;
const LIMIT = 1.5;

interface Pair {
  readonly way: string;
  /** Without latency and bucket; null if that would show nothing. */
  readonly free: number | null;
  /** With both: the median run. */
  readonly bound: Cost;
}

/** How much latency and EC2's bucket slow the same program. */
export async function benchThrottled(bench: Bench, curves: readonly Curve[]): Promise<Found> {
  const { terraform, quick, say } = bench;
  const runs = quick ? 1 : 3;
  const ours: Pair[] = [];
  for (const way of [sets, singles, singlesAtOnce]) {
    say(`throttled: ${way.name}`);
    ours.push(await pairOf(bench, way, runs));
  }
  const others: Pair[] = [];
  for (const way of [naive, ...(terraform ? [terraform] : [])]) {
    const bound = curves.find((curve) => curve.way === way.name)?.points.find(({ rules }) => rules === COUNT);
    if (bound === undefined) continue;
    say(`throttled: ${way.name}`);
    others.push({ way: way.name, free: (await create(bench, way, false)).seconds, bound });
  }
  say(`throttled: ${naiveByDefault.name}`);
  others.push({ way: naiveByDefault.name, free: null, bound: await create(bench, naiveByDefault, true) });
  return { table: tableOf([...ours, ...others], runs), limits: limitsOf(ours) };
}

async function pairOf(bench: Bench, way: Way, runs: number): Promise<Pair> {
  const free: number[] = [];
  const bound: Cost[] = [];
  // Alternating, so that other load on the machine affects both.
  for (let run = 0; run < runs; run++) {
    free.push((await create(bench, way, false)).seconds);
    bound.push(await create(bench, way, true));
  }
  bound.sort((one, other) => one.seconds - other.seconds);
  const middle = bound[Math.floor(bound.length / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return { way: way.name, free: median(free), bound: middle };
}

async function create({ endpoint }: Bench, way: Way, isBound: boolean): Promise<Cost> {
  const rules = benchRules(COUNT, await endpoint.makeGroups(GROUPS));
  await endpoint.slow({ milliseconds: isBound ? LATENCY : 0 });
  await endpoint.throttle(isBound ? ec2Buckets : {});
  try {
    return await withSession(way, endpoint, ({ up }) => costOf(endpoint, () => up(rules)));
  } finally {
    await endpoint.slow({ milliseconds: 0 });
    await endpoint.throttle({});
  }
}

function limitsOf(pairs: readonly Pair[]): Limit[] {
  return pairs.map(({ way, free, bound }) => ({
    what: `200 rules with latency and bucket, to the time without: ${way}`,
    // A program that failed counts as infinitely slow.
    measured: bound.ok && free !== null ? bound.seconds / free : Number.POSITIVE_INFINITY,
    limit: LIMIT,
    unit: "times",
  }));
}

function tableOf(pairs: readonly Pair[], runs: number): Found["table"] {
  return {
    title: `${COUNT} rules in ${GROUPS} groups, with latency and EC2's bucket and with neither`,
    notes: [
      `${LATENCY} ms a call; 50 requests, then 5 a second. Ours: the median of ${runs}; the others: one run.`,
      "A way that did not come up has shown the user an error of throttling.",
    ],
    columns: ["with / without", "way", "seconds with", "seconds without", "calls", "throttled", "came up"],
    rows: pairs.map(({ way, free, bound }): Cell[] => [
      bound.ok && free !== null ? ratio(bound.seconds, free) : null,
      way,
      bound.seconds,
      free,
      bound.calls,
      bound.throttled,
      bound.ok,
    ]),
  };
}
