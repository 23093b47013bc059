/** Rewrites the tables of docs/explanation/faults.md from the tests that compare them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

// One file after the other: each writes its part of the page.
const { status } = spawnSync(
  process.execPath,
  [
    join(ROOT, "node_modules", "jest", "bin", "jest.js"),
    ...["--config", "jest.all.config.js", "test/engine/faults", "test/engine/claims", "--runInBand"],
  ],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, RELIABILITY: "write" } },
);
process.exitCode = status ?? 1;
