import { writeFileSync } from "node:fs";
import type { LearnOptions } from "../../../cli/learn/learn";
import { InputError } from "../../../cli/program/inputError";
import { learnIn } from "./found";
import { FULL_FORMAT, type LogRecord } from "./logs/format";
import { dayOf, folderWith, textOf } from "./logs/logs";
import { ACCOUNT, DATABASE } from "./logs/network";

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ "logs.txt": textOf(dayOf(3).records, FULL_FORMAT) });
});
afterEach(() => folder.remove());

const OF_DATABASE: LogRecord = {
  ...{ account: ACCOUNT, interfaceId: DATABASE[0].id, source: "10.0.2.21", destination: "10.0.0.1" },
  ...{ sourcePort: 40_000, destinationPort: 443, protocol: 6, start: 1_795_000_000, isEgress: true },
};
const OTHER_RULES = JSON.stringify({
  SecurityGroupRules: [{ GroupId: "sg-0bbbbbbbbbbbbbbbb", IsEgress: false }],
});

type Files = { readonly [file: string]: string };

// Paths are relative to the test's folder.
test.each<[string, Files, Partial<LearnOptions>, RegExp]>([
  ["no file", {}, { flowLogs: ["none"] }, /^--flow-logs: .*none cannot be read: ENOENT/],
  ["an empty log", { "logs.txt": "" }, {}, /^--flow-logs: the logs contain no records/],
  ["a header alone", { "logs.txt": textOf([], FULL_FORMAT) }, {}, /the logs contain no records/],
  ["a folder with other files", {}, { flowLogs: ["."] }, /eni\.json is not a flow log: /],
  [
    "interfaces of something else",
    { "eni.json": '{"Vpcs":[]}' },
    {},
    /eni\.json has no NetworkInterfaces: expected what `aws ec2 describe-network-interfaces --output json` prints/,
  ],
  ["interfaces as a table", { "eni.json": "---\n| a |" }, {}, /eni\.json is not JSON .* --output json/],
  [
    "a part of the interfaces",
    { "eni.json": '{"NetworkInterfaces":[],"NextToken":"x"}' },
    {},
    /eni\.json is incomplete \(it has a NextToken\)/,
  ],
  [
    "a group that no interface has",
    {},
    { group: "sg-0123456789abcdef9" },
    /no interface of --interfaces has the group "sg-0123456789abcdef9": they have sg-/,
  ],
  ["a group by its name", {}, { group: "web" }, /^--group: "web" is not the id of a security group/],
  [
    "logs of another group",
    { "logs.txt": textOf([OF_DATABASE], FULL_FORMAT) },
    {},
    /no record is of an interface of sg-00000000000000a01, only 1 record of other groups' interfaces: specify the logs of/,
  ],
  [
    "rules of another group",
    { "rules.json": OTHER_RULES },
    { rules: "rules.json" },
    /has no rule of sg-00000000000000a01, only of sg-0bbbbbbbbbbbbbbbb: create it with `aws ec2/,
  ],
  [
    "no ip-ranges",
    { "ranges.json": "[]" },
    { ipRanges: "ranges.json" },
    /ranges\.json has no prefixes: expected what AWS publishes/,
  ],
  [
    "two from standard input",
    {},
    { interfaces: "-", flowLogs: ["-"] },
    /only one of them can read standard input/,
  ],
  [
    "a widest that is none",
    {},
    { widest: "24.0" },
    /^--widest: "24\.0" is not a prefix length from \/8 to \/32/,
  ],
  [
    "a number of rules that is none",
    {},
    { maxRules: "many" },
    /^--max-rules: "many" is not a number from 1 to 1000/,
  ],
  ["a time that is none", {}, { holdout: "week" }, /^--holdout: "week" is not a duration: write it like 7d/],
  [
    "more held out than there is",
    {},
    { holdout: "2w" },
    /the logs cover only 2026-11-18 .* so 2w leaves nothing to learn from/,
  ],
])("%s is refused in one sentence", async (_, files, options, message) => {
  for (const [name, content] of Object.entries(files)) writeFileSync(folder.path(name), content);
  const inFolder = (path: string) => (path === "-" ? path : folder.path(path));
  const { flowLogs, interfaces, rules, ipRanges } = options;
  const error: unknown = await learnIn(folder.path, {
    ...options,
    ...(flowLogs && { flowLogs: flowLogs.map(inFolder) }),
    ...(interfaces && { interfaces: inFolder(interfaces) }),
    ...(rules && { rules: inFolder(rules) }),
    ...(ipRanges && { ipRanges: inFolder(ipRanges) }),
  }).catch((thrown: unknown) => thrown);
  // Its content makes the command exit with 2.
  expect(error).toBeInstanceOf(InputError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
});
