// Tries far more cases than the suite: FUZZ_RUNS of each property (100000), from FUZZ_SEED or a new seed.
const { spawnSync } = require("node:child_process");

const jest = require.resolve("jest/bin/jest");
const { status } = spawnSync(process.execPath, [jest, "test/fuzz", "test/rule/properties"], {
  env: { FUZZ_RUNS: "100000", FUZZ_SEED: String(Date.now() % 2 ** 31), ...process.env },
  stdio: "inherit",
});
process.exit(status ?? 1);
