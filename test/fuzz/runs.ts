import fc from "fast-check";

const asked = process.env.FUZZ_RUNS;

/** How many cases each property tries; `npm run fuzz` tries more. */
export const RUNS = Number(asked ?? 5000);

/** The seed is printed with every failure; `FUZZ_SEED` takes it again. */
const seed = process.env.FUZZ_SEED;

/** Sets fast-check and jest to so many runs, where no other number is asked for, and to the seed that is. */
export function configureRuns(runs = RUNS): void {
  const numRuns = Number(asked ?? runs);
  fc.configureGlobal({ numRuns, ...(seed !== undefined && { seed: Number(seed) }) });
  jest.setTimeout(60_000 + numRuns * 40);
}
