import fc from "fast-check";
import { isFull } from "../fullTest";

const asked = process.env.FUZZ_RUNS;

/** How many cases each property tries; `npm run fuzz` tries more. */
export const RUNS = Number(asked ?? (isFull ? 5000 : 500));

/** The suite tries the same cases each time, so that it fails for who broke it; `npm run fuzz` tries others. */
const seed = Number(process.env.FUZZ_SEED ?? 7);

/** Sets fast-check and jest to so many runs, where no other number is asked for, and to the seed. */
export function configureRuns(runs = RUNS): void {
  const numRuns = Number(asked ?? runs);
  fc.configureGlobal({ numRuns, seed });
  jest.setTimeout(60_000 + numRuns * 40);
}
