/**
 * Runs random programs one after the other, with manual changes, faults and kills in between: `npm run soak --
 * --minutes 30`. `--seed` repeats a run, `--steps` limits its steps, and `--record` writes down its results.
 */
import { parseArgs } from "node:util";
import putToolsOnPath from "../test/globalSetup";
import { record, recordText } from "./record";
import { soak } from "./soak";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    steps: { type: "string", default: "Infinity" },
    record: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  const [minutes, seed, steps] = [Number(values.minutes), Number(values.seed), Number(values.steps)];
  putToolsOnPath();
  const since = performance.now();
  const gone = () => (performance.now() - since) / 60_000;
  console.log(`npm run soak -- --minutes ${minutes} --seed ${seed}`);
  const { counts, failure } = await soak({
    seed,
    goesOn: (counts) => gone() < minutes && counts.steps < steps,
    say: (text) => values.verbose && console.log(`${(gone() * 60).toFixed(1)} s  ${text}`),
  });
  const done = { minutes: gone(), seed, counts };
  console.log(recordText(done));
  if (values.record) record(done);
  if (failure === undefined) return;
  console.error(failure);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
