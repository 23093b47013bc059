// @ts-check
const Sequencer = require("@jest/test-sequencer").default;

const LONGEST = /(installed|faults).*\.full\.test\.ts$/;

/**
 * Runs what takes longest first, and the engine's own files before others: they wait a good deal, and others use the
 * cores meanwhile.
 */
module.exports = class extends Sequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    const place = (/** @type {import("@jest/test-result").Test} */ { path }) =>
      LONGEST.test(path) ? 0 : path.endsWith(".full.test.ts") ? 1 : path.includes("engine") ? 2 : 3;
    // Within each of them as Jest does it, by how long they took or how large they are.
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
