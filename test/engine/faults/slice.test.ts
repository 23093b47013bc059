import { describeOneKill } from "./describeKills";
import { describeMatrix } from "./describeMatrix";

// The most important parts of the tables, which `npm run test:all` covers completely.
const ACTIONS = ["AuthorizeSecurityGroupEgress", "ModifySecurityGroupRules", "RevokeSecurityGroupEgress"];
const FAULTS = [
  "an error after the effect, once",
  "the connection cut in mid-answer, once",
  "all reads are stale",
];

describeMatrix(
  {},
  ({ change: { action, what }, fault: { text } }) =>
    ACTIONS.includes(action) && what === undefined && FAULTS.includes(text),
);

describeOneKill();
