// The workers inherit it: some tables are longer then.
process.env.TEST_ALL = "true";
const quick = require("./jest.config.js");

/**
 * Every test there is: full matrices, kills, 5,000 cases of each property. `npm run test:all` runs what `npm test` leaves
 * out by it.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...quick,
  testPathIgnorePatterns: ["/node_modules/"],
};
