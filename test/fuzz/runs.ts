import fc from "fast-check";

/** How many cases each property tries; `npm run fuzz` tries more. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 5000);

/** The seed is printed with every failure; `FUZZ_SEED` takes it again. */
const seed = process.env.FUZZ_SEED;

/** Sets fast-check and jest to so many runs, and to the seed that is asked for. */
export function configureRuns(): void {
  fc.configureGlobal({ numRuns: RUNS, ...(seed !== undefined && { seed: Number(seed) }) });
  jest.setTimeout(60_000 + RUNS * 40);
}
