/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test", "<rootDir>/examples"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  globalSetup: "<rootDir>/test/globalSetup.ts",
  reporters: ["default", "<rootDir>/test/reporter.js"],
  testTimeout: 120_000,
  maxWorkers: 2,
  // What v8 counts does not change the code: an instrumented program is not the one that users run.
  coverageProvider: "v8",
  coverageThreshold: { global: { statements: 96, branches: 94, functions: 96, lines: 96 } },
  coverageReporters: ["text-summary", "lcovonly"],
  collectCoverageFrom: ["index.ts", "provider/**/*.ts", "components/**/*.ts", "testing/**/*.ts"],
};
