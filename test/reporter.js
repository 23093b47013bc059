// @ts-check
/** Ends a run with the slowest files, and one plain line for people and machines that need no more. */
const path = require("node:path");
const { noteProof } = require("./ec2/proven.js");

const SLOWEST = 10;
const MIN_FILES = 20;

/** @param {import("@jest/reporters").TestResult} result */
const isPassed = ({ numFailingTests, testExecError }) => numFailingTests === 0 && !testExecError;

module.exports = class {
  /** @param {import("@jest/types").Config.GlobalConfig} globalConfig */
  constructor({ rootDir, testNamePattern }) {
    this.rootDir = rootDir;
    this.isWhole = !testNamePattern;
  }

  /**
   * What the package says at a terminal stands beside a test that fails, and not between those that pass: this comes
   * before the reporter that prints it.
   *
   * @param {unknown} _test
   * @param {import("@jest/reporters").TestResult} result
   */
  onTestResult(_test, result) {
    if (isPassed(result)) result.console = undefined;
  }

  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } =
      results;
    const passed = testResults.filter(isPassed).map(({ testFilePath }) => testFilePath);
    noteProof(passed, this.isWhole);
    // A file that does not load has failed, although none of its tests ran.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `${numPendingTests} skipped\n` : "";
    const line = `\n${this.slowest(testResults)}${skipped}${numPassedTests} passed, ${failed} failed\n`;
    // At exit: Jest prints the summary and the coverage table after every reporter has seen the end.
    process.once("exit", () => process.stdout.write(line));
  }

  /** @param {readonly import("@jest/reporters").TestResult[]} results */
  slowest(results) {
    if (results.length < MIN_FILES) return "";
    const files = results.map(({ testFilePath, perfStats }) => ({
      seconds: (perfStats.end - perfStats.start) / 1000,
      name: path.relative(this.rootDir, testFilePath),
    }));
    const slowest = files.sort((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
    const lines = slowest.map(({ seconds, name }) => `${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
    return `The slowest of ${results.length} files:\n${lines.join("")}\n`;
  }
};
