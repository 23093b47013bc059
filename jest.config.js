const { endpointIsProven } = require("./test/ec2/proven.js");

/**
 * What `npm test` runs, and a developer who changes a line: see test/README.md.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  testEnvironment: "node",
  // What a file leaves behind stays: what Jest puts around it instead grows with each file, until the stack has no room.
  testEnvironmentOptions: { globalsCleanup: "off" },
  roots: ["<rootDir>/test", "<rootDir>/examples"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "\\.full\\.test\\.ts$",
    ...(endpointIsProven() ? ["<rootDir>/test/ec2/"] : []),
  ],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  globalSetup: "<rootDir>/test/globalSetup.ts",
  reporters: ["<rootDir>/test/reporter.js", "default"],
  testSequencer: "<rootDir>/test/sequencer.js",
  testTimeout: 120_000,
  // With --coverage. What v8 counts does not change the code: an instrumented program is not the one that users run.
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
  // One more than the cores of the machine that this is meant for: tests of the engine wait for processes.
  maxWorkers: 3,
  // What v8 counts for coverage costs more with each file that a worker has run: it starts anew in time.
  workerIdleMemoryLimit: "600MB",
};
