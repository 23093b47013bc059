import { describeOneKill } from "./describeKills";
import { describeMatrix } from "./describeMatrix";

// What matters most of the tables that `npm run test:all` goes through whole.
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
