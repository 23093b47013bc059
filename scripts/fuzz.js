// Tries far more cases than the suite does: FUZZ_RUNS of each property (100000), from FUZZ_SEED where one is given.
const { spawnSync } = require("node:child_process");

const jest = require.resolve("jest/bin/jest");
const { status } = spawnSync(process.execPath, [jest, "test/fuzz", "test/rule/properties"], {
  env: { FUZZ_RUNS: "100000", ...process.env },
  stdio: "inherit",
});
process.exit(status ?? 1);
