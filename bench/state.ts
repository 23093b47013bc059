import { sets, singlesAtOnce } from "./pulumiWays";
import { type Found, ratio } from "./table";
import type { Way } from "./way";

const SET_LIMIT = 500;
const SINGLE_LIMIT = 1_500;

/** The engine's notes about a program's own lines, the same for every resource. */
const OF_PROGRAM = ["sourcePosition", "stackTrace"];

/** A way, and its state with this many rules. */
export interface Kept {
  readonly way: Way;
  readonly state: string;
  readonly rules: number;
}

/** The size of the state for each rule. */
export function stateTable(kept: readonly Kept[]): Found {
  const sizes = kept.map(({ way, state, rules }) => ({
    way,
    all: Buffer.byteLength(state) / rules,
    withoutProgram: Buffer.byteLength(JSON.stringify(JSON.parse(state), withoutProgram)) / rules,
  }));
  const ofSet = sizes.find(({ way }) => way === sets)?.all ?? Number.NaN;
  const single = sizes.find(({ way }) => way === singlesAtOnce);
  const table = {
    title: "State: bytes a rule, of 60",
    notes: [
      "The whole file; in the last column without spaces, and without the stack traces of the program that the engine keeps",
      "for each resource.",
    ],
    columns: ["all / set's", "way", "all", "without traces"],
    rows: sizes.map(({ way, all, withoutProgram }) => [ratio(all, ofSet), way.name, all, withoutProgram]),
  };
  const limits = [
    { what: "state of a rule in a set", measured: ofSet, limit: SET_LIMIT, unit: "bytes" },
    {
      what: "state of a single rule",
      measured: single?.all ?? Number.NaN,
      limit: SINGLE_LIMIT,
      unit: "bytes",
    },
    {
      what: "state of a single rule without the engine's stack traces",
      measured: single?.withoutProgram ?? Number.NaN,
      limit: SINGLE_LIMIT,
      unit: "bytes",
    },
  ];
  return { table, limits };
}

function withoutProgram(key: string, value: unknown): unknown {
  return OF_PROGRAM.includes(key) ? undefined : value;
}
