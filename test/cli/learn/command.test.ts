import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { runBin } from "../program/bin";
import { errorsOf } from "../typescript/compiler";
import { FULL_FORMAT, type LogRecord, lineOf } from "./logs/format";
import { dayOf, folderWith, textOf } from "./logs/logs";
import { ACCOUNT, GROUPS, WEB } from "./logs/network";
import { writeParquet } from "./logs/parquet";

const { records } = dayOf(3);
const text = textOf(records, FULL_FORMAT);

let folder: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ "logs.txt": text });
});
afterEach(() => folder.remove());

const args = (logs: string, ...more: readonly string[]) => [
  ...["learn", "--flow-logs", logs, "--interfaces", folder.path("eni.json"), "--group", GROUPS.web],
  ...more,
];

test("text, gzip, Parquet, a folder and standard input make the same program, which compiles", async () => {
  const half = Math.floor(records.length / 2);
  mkdirSync(folder.path("logs/2026/11"), { recursive: true });
  writeFileSync(folder.path("logs/2026/11/one"), gzipSync(textOf(records.slice(0, half), FULL_FORMAT)));
  writeParquet(folder.path("logs/2026/two"), records.slice(half));
  const whole = await runBin(args(folder.path("logs.txt")));
  expect(whole).toMatchObject({ code: 0, stderr: expect.stringContaining("Limits of the logs:") });
  expect(whole.stdout).toMatch(/\/\/ \d+ flows, [\d.]+ kB, 2026-11-18 .* UTC, from\n\s+\/\/ eni-/);
  expect(errorsOf([whole.stdout])).toEqual([]);
  expect((await runBin(args(folder.path("logs")))).stdout).toBe(whole.stdout);
  expect((await runBin(args("-"), { input: text })).stdout).toBe(whole.stdout);
});

const SINCE = 1_795_000_000;
const DAY = 86_400;
const request = (destination: string, destinationPort: number, start: number): LogRecord => ({
  ...{ account: ACCOUNT, interfaceId: WEB[0].id, source: "10.0.1.11", destination, destinationPort, start },
  ...{ sourcePort: 40_000, protocol: 6, tcpFlags: 2, isEgress: true },
});
const rule = (id: string, more: object) => ({
  ...{
    SecurityGroupRuleId: id,
    GroupId: GROUPS.web,
    GroupOwnerId: ACCOUNT,
    IsEgress: true,
    IpProtocol: "tcp",
  },
  ...more,
});

test("the report lists unused rules, rejected traffic, and what an earlier policy would have refused", async () => {
  const logs = [
    request("10.0.2.21", 5432, SINCE),
    request("198.51.100.7", 443, SINCE + DAY),
    { ...request("192.0.2.1", 25, SINCE + DAY), isRejected: true },
    request("10.0.2.21", 5432, SINCE + 9 * DAY),
    request("198.51.100.9", 443, SINCE + 9 * DAY),
  ];
  const rules = [
    rule("sgr-1", { FromPort: 443, ToPort: 443, CidrIpv4: "198.51.100.0/24" }),
    rule("sgr-2", { FromPort: 5432, ToPort: 5432, ReferencedGroupInfo: { GroupId: GROUPS.database } }),
    rule("sgr-3", { FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/8", Description: "by | hand" }),
    rule("sgr-4", { FromPort: 443, ToPort: 443, PrefixListId: "pl-0123456789abcdef0" }),
    rule("sgr-5", { FromPort: 80, ToPort: 80, CidrIpv4: "0.0.0.0/0", IsEgress: false }),
  ];
  writeFileSync(folder.path("logs.txt"), textOf(logs, FULL_FORMAT));
  writeFileSync(folder.path("rules.json"), JSON.stringify({ SecurityGroupRules: rules }));
  const more = [
    "--rules",
    folder.path("rules.json"),
    "--holdout",
    "7d",
    "--report",
    folder.path("report.md"),
  ];
  const { code, stdout } = await runBin(args(folder.path("logs.txt"), ...more, "--json"));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    rules: [
      { text: `tcp 5432 to ${GROUPS.database}`, flows: 2, interfaces: [WEB[0].id], by: ["flags"] },
      { text: "tcp 443 to 198.51.100.7/32", flows: 1, opens: 0 },
    ],
    rejected: [{ protocol: "tcp", port: 25, destinations: ["192.0.2.1"], flows: 1 }],
    unused: [
      { id: "sgr-3", text: "tcp 22 to 10.0.0.0/8" },
      { id: "sgr-4", unknown: expect.stringContaining("prefix list") },
    ],
    holdout: { tested: 2, cut: [{ text: "tcp 443 to 198.51.100.9/32", flows: 1 }] },
    records: { records: 5, requests: 4, rejected: 1 },
  });
  const report = readFileSync(folder.path("report.md"), "utf8");
  expect(report).toContain("| tcp 22 to 10.0.0.0/8 | sgr-3 | by \\| hand | never used |");
  expect(report).toMatch(/## Rejected\n\n.*\n.*\n\| tcp 25 \| 1 \| 192\.0\.2\.1 \|/);
  expect(report).toMatch(
    /would have rejected\n\n.*2 destinations and ports\.\n\n.*\n.*\n\| tcp 443 \| 198\.51\.100\.9\/32/,
  );
});

test("a failed command leaves an existing file unchanged, and no other file", async () => {
  const many = Array.from({ length: 3 }, (_, place) => request(`198.51.${place}.7`, 443, SINCE));
  writeFileSync(folder.path("logs.txt"), textOf(many, FULL_FORMAT));
  writeFileSync(folder.path("policy.ts"), "// before");
  const before = readdirSync(folder.folder);
  const out = ["--out", folder.path("policy.ts")];
  const failed = await runBin(args(folder.path("logs.txt"), ...out, "--max-rules", "2"));
  expect(failed).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--max-rules 3") });
  expect(readFileSync(folder.path("policy.ts"), "utf8")).toBe("// before");
  expect((await runBin(args(folder.path("logs.txt"), ...out))).code).toBe(0);
  expect(readFileSync(folder.path("policy.ts"), "utf8")).toContain("new EgressPolicy(");
  expect(readdirSync(folder.folder)).toEqual(before);
});

test.each([
  ["half a gzip", "\u001f\u008bcut", [], /--flow-logs: .*logs\.txt cannot be read: /],
  ["half a Parquet", "PAR1 and no more", [], /logs\.txt is not readable Parquet: .*as text/],
  ["a folder that is not there", text, ["--out", "none/policy.ts"], /--out: .* cannot be written: ENOENT/],
])("%s exits with 2 and one sentence", async (_, logs, more, message) => {
  writeFileSync(folder.path("logs.txt"), logs, "latin1");
  const { code, stdout, stderr } = await runBin(args(folder.path("logs.txt"), ...more), {
    cwd: folder.folder,
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("the report counts truncated lines and records of others", async () => {
  const own = lineOf(request("10.0.2.21", 5432, SINCE), FULL_FORMAT);
  const unlisted = own.replace(WEB[0].id, "eni-0000000000000cccc");
  writeFileSync(
    folder.path("logs.txt"),
    [FULL_FORMAT.join(" "), own, unlisted, own.slice(0, 60), own.slice(30), ""].join("\n"),
  );
  const { stderr } = await runBin(args(folder.path("logs.txt")));
  expect(stderr).toContain("  2 records cut or unreadable\n");
  expect(stderr).toContain("  1 record of interfaces that --interfaces does not list\n");
  expect(stderr).toContain(
    "1 record of 1 interface that --interfaces does not list (eni-0000000000000cccc): if",
  );
});
