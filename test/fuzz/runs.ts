import fc from "fast-check";
import { isFull } from "../fullTest";

const asked = process.env.FUZZ_RUNS;

/** How many cases each property tries; `npm run fuzz` tries more. */
export const RUNS = Number(asked ?? (isFull ? 5000 : 500));

/** The suite tries the same cases each time, so that only a code change can break it; `npm run fuzz` tries others. */
const seed = Number(process.env.FUZZ_SEED ?? 7);

/** Sets the seed, and the number of runs unless the environment gives another. */
export function configureRuns(runs = RUNS): void {
  const numRuns = Number(asked ?? runs);
  fc.configureGlobal({ numRuns, seed });
  jest.setTimeout(60_000 + numRuns * 40);
}
