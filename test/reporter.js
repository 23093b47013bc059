// @ts-check
/** Closes a run with one plain line, for people and machines that look for no more than that. */
module.exports = class {
  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    // A file that does not even load has failed, though no test of it has run.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `${numPendingTests} skipped\n` : "";
    const line = `\n${skipped}${numPassedTests} passed, ${failed} failed\n`;
    // At exit: the summary and the coverage table are printed after every reporter has been told of the end.
    process.once("exit", () => process.stdout.write(line));
  }
};
