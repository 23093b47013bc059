// @ts-check
const Sequencer = require("@jest/test-sequencer").default;

const LONGEST = /(installed|faults).*\.full\.test\.ts$/;

/**
 * Runs the slowest first, and the engine's files before others: they often wait, and other tests use the cores
 * meanwhile.
 */
module.exports = class extends Sequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    const place = (/** @type {import("@jest/test-result").Test} */ { path }) =>
      LONGEST.test(path) ? 0 : path.endsWith(".full.test.ts") ? 1 : path.includes("engine") ? 2 : 3;
    // Within each of them in Jest's order, by duration or size.
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
