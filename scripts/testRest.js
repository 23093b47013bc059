// The part of `npm run test:all` that `npm test` omits: the files that only it runs, and those that are longer in it.
const { spawnSync } = require("node:child_process");
const { readdirSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const jest = require.resolve("jest/bin/jest");
const whole = readdirSync(path.join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".full.test.ts") && !name.includes("node_modules"))
  .map((name) => path.join("test", name));
// A file that imports `fullTest.ts`, even indirectly, may be longer.
const args = ["--config", "jest.all.config.js", "--findRelatedTests", "test/fullTest.ts", ...whole];
const { status } = spawnSync(process.execPath, [jest, ...args, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
