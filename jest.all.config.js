// The workers inherit it: some tables are longer then.
process.env.TEST_ALL = "true";
const quick = require("./jest.config.js");

/**
 * What `npm run test:all` runs: every test, full matrices, kills, 5,000 cases of each property; and how much of the code
 * that reaches.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...quick,
  testPathIgnorePatterns: ["/node_modules/"],
  collectCoverage: true,
  // What v8 counts does not change the code: an instrumented program is not the one that users run.
  coverageProvider: "v8",
  coverageThreshold: { global: { statements: 96, branches: 94, functions: 96, lines: 96 } },
  coverageReporters: ["text-summary", "lcovonly"],
  collectCoverageFrom: [
    "index.ts",
    "provider/**/*.ts",
    "components/**/*.ts",
    "testing/**/*.ts",
    "cli/**/*.ts",
  ],
};
