// @ts-check
const Sequencer = require("@jest/test-sequencer").default;

/** Runs the engine's own files first: they wait a good deal, and others use the cores meanwhile. */
module.exports = class extends Sequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    const place = (/** @type {import("@jest/test-result").Test} */ { path }) =>
      path.endsWith(".full.test.ts") ? 0 : path.includes("engine") ? 1 : 2;
    // Within each of them as Jest does it, by how long they took or how large they are.
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
