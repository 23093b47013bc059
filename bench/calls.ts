import type { Bench } from "./bench";
import { LATENCY } from "./bench";
import { naive, sets, singles, singlesAtOnce } from "./pulumiWays";
import { benchRules, editedRules } from "./rules";
import { stateTable } from "./state";
import { type Cell, type Found, type Limit, ratio } from "./table";
import { type Cost, costOf, type Session, type Way, withSession } from "./way";

const COUNT = 60;

/** Edits of a group's sixty rules, and the limits of their calls: as a set, as single rules, at least. */
const WORKS = [
  { work: "create 60", set: 2, single: 6, floor: 1 },
  { work: "no-op up", set: 0, single: 0, floor: 0 },
  { work: "refresh", set: 1, single: 4, floor: 1 },
  { work: "10 added, 10 removed, 10 ports changed, 10 described", set: 5, single: 20, floor: 4 },
  { work: "destroy", set: 2, single: 6, floor: 1 },
] as const;

interface Life {
  readonly way: Way;
  readonly costs: readonly Cost[];
  readonly state: string;
}

/** The calls of a day's work, and the state after its first step. */
export async function benchCalls(bench: Bench): Promise<readonly Found[]> {
  const { endpoint, terraform, say } = bench;
  await endpoint.throttle({});
  await endpoint.slow({ milliseconds: LATENCY });
  const lives: Life[] = [];
  for (const way of [sets, singlesAtOnce, singles, naive, ...(terraform ? [terraform] : [])]) {
    say(`calls: ${way.name}`);
    lives.push(await live(bench, way));
  }
  const [ofSets, ofSingles] = lives;
  if (ofSets === undefined || ofSingles === undefined) throw new Error("nothing was measured");
  const others = lives.filter(({ way }) => way !== sets && way !== singlesAtOnce);
  return [
    callsOf(ofSets, ofSingles, others),
    secondsOf(lives),
    stateTable(lives.map(({ way, state }) => ({ way, state, rules: COUNT }))),
  ];
}

async function live({ endpoint }: Bench, way: Way): Promise<Life> {
  const rules = benchRules(COUNT, await endpoint.makeGroups(1));
  return withSession(way, endpoint, async (session) => {
    const costs: Cost[] = [];
    const [create, ...others] = stepsOf(session, rules);
    if (create) costs.push(await costOf(endpoint, create));
    const state = await session.state();
    for (const step of others) costs.push(await costOf(endpoint, step));
    return { way, costs, state };
  });
}

function stepsOf({ up, refresh, destroy }: Session, rules: ReturnType<typeof benchRules>) {
  return [() => up(rules), () => up(rules), refresh, () => up(editedRules(rules)), destroy];
}

function callsOf(ofSets: Life, ofSingles: Life, others: readonly Life[]): Found {
  const limits: Limit[] = [];
  const rows = WORKS.map(({ work, set, single, floor }, place): Cell[] => {
    const [inSet, alone] = [calls(ofSets, place), calls(ofSingles, place)];
    limits.push({ what: `calls, ${work}: ${sets.name}`, measured: inSet, limit: set, unit: "" });
    limits.push({ what: `calls, ${work}: ${ofSingles.way.name}`, measured: alone, limit: single, unit: "" });
    const rest = others.map((life) => calls(life, place));
    const ofNaive = calls(
      others.find(({ way }) => way === naive),
      place,
    );
    return [ratio(ofNaive, inSet), ratio(ofNaive, alone), work, inSet, set, alone, single, ...rest, floor];
  });
  const table = {
    title: "Calls to EC2: 60 rules on one group",
    notes: [
      `One run, ${LATENCY} ms a call, no bucket. The first two columns: how many times the calls of one request per rule.`,
      "`EgressRule` alone is at the engine's own parallelism of four operations for each core.",
      "Terraform reads all that it has before each command.",
    ],
    columns: [
      "naive / set",
      "naive / single",
      "work",
      ofSets.way.name,
      "limit",
      ofSingles.way.name,
      "limit",
      ...others.map(({ way }) => way.name),
      "floor",
    ],
    rows,
  };
  return { table, limits };
}

function secondsOf(lives: readonly Life[]): Found {
  const ofNaive = lives.find(({ way }) => way === naive);
  const rows = WORKS.map(({ work }, place): Cell[] => {
    const all = lives.map((life) => seconds(life, place));
    return [ratio(seconds(ofNaive, place), all[0] ?? 0), work, ...all];
  });
  const table = {
    title: "Seconds: 60 rules on one group",
    notes: ["The same run, from the start of a command to its end."],
    columns: ["naive / set", "work", ...lives.map(({ way }) => way.name)],
    rows,
  };
  return { table, limits: [] };
}

function calls(life: Life | undefined, place: number): number {
  return life?.costs[place]?.calls ?? Number.NaN;
}

function seconds(life: Life | undefined, place: number): number {
  return life?.costs[place]?.seconds ?? Number.NaN;
}
