import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../setup";
import { tcp, writeChange } from "./files";

const change = writeChange(
  { log: tcp(514, "10.0.0.9/32"), other: tcp(443, "10.0.0.0/8", "sg-00000001") },
  { web: tcp(443, "10.0.4.0/22"), admin: tcp(22, "198.51.100.7/32") },
);
afterAll(change.remove);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a pipeline does, in its own process. */
function run(...args: string[]): Promise<Ended> {
  const command = [process.execPath, "--import", "tsx", join(ROOT, "cli", "index.ts"), "review", ...args];
  const env = { ...process.env, FORCE_COLOR: "", NO_COLOR: "" };
  return new Promise((resolve) => {
    const child = execFile(command[0] ?? "", command.slice(1), { cwd: ROOT, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const files = ["--preview", change.preview, "--state", change.state];

test("writes Markdown by default", async () => {
  const { code, stdout, stderr } = await run(...files);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^\*\*This change widens what may leave\*\*: 1 of 2 groups, 2 pieces of reach open, 1 finding \(1 high\)\.\n/,
  );
  expect(stdout).toContain("<code>index.ts&#58;4</code>");
  expect(stdout).toContain("```mermaid\nflowchart LR\n");
});

test("--format json, --group and --out", async () => {
  const out = join(change.folder, "review.json");
  expect(await run(...files, "--format", "json", "--group", "sg-00000001", "--out", out)).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
    verdict: "no change",
    groups: [{ group: "sg-00000001" }],
  });
});

test("--format sarif gives the line in the program", async () => {
  const { stdout } = await run(...files, "--format", "sarif");
  const [{ ruleId, locations }] = JSON.parse(stdout).runs[0].results;
  expect(ruleId).toBe("admin-ports");
  expect(locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: "index.ts" },
    region: { startLine: 5 },
  });
});

test("--format text prints no colors without a terminal", async () => {
  const { stdout } = await run(...files, "--format", "text");
  expect(stdout).toContain("  + tcp 443 to 10.0.4.0/22 (1,024 addresses)\n");
});

test("without a state it reports what it does not know", async () => {
  const { code, stdout, stderr } = await run(
    "--preview",
    change.preview,
    "--format",
    "text",
    "--fail-on",
    "unknown",
  );
  expect(stdout).toContain("Not reviewed: Without --state");
  expect(stderr).toContain("--fail-on unknown: Without --state");
  expect(code).toBe(1);
});

test("--fail-on exits with 1, reports why, and still writes the report", async () => {
  const { code, stdout, stderr } = await run(
    ...files,
    "--fail-on",
    "widens,anywhere,admin-ports,high,narrows",
    "--format",
    "text",
  );
  expect(code).toBe(1);
  expect(stderr.split("\n")).toEqual([
    "--fail-on widens: sg-0123456789abcdef0",
    "--fail-on admin-ports: sg-0123456789abcdef0",
    "--fail-on high: sg-0123456789abcdef0",
    "",
  ]);
  expect(stdout).toMatch(/^This change widens/);
  expect(await run(...files, "--fail-on", "anywhere,unknown")).toMatchObject({ code: 0, stderr: "" });
});

test.each([
  ["a format that is none", ["--format", "pdf"], '--format: "pdf" is not one of markdown, json, sarif, text'],
  [
    "a condition that is none",
    ["--fail-on", "widens,everywhere"],
    '--fail-on: "everywhere" is not one of widens, narrows, unknown, high',
  ],
  ["no condition", ["--fail-on", ","], "--fail-on: the list is empty"],
  [
    "a group that is not there",
    ["--group", "sg-99"],
    '--group: the program has no group "sg-99": it has sg-',
  ],
  ["a quota that is none", ["--quota", "many"], '--quota: "many" is not a number from 1 to 1000'],
  ["a folder that is not there", ["--out", "no/such/folder/x"], "--out: no/such/folder/x cannot be written"],
  ["an option that is none", ["--colour"], "unknown option '--colour'"],
  ["a file that is not there", ["--state", "no-such-file.json"], "no-such-file.json"],
])("exits with 2 on bad input: %s", async (_, args, message) => {
  const { code, stdout, stderr } = await run(...files, ...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("--help shows how to run it", async () => {
  const { code, stdout } = await run("--help");
  expect(code).toBe(0);
  expect(stdout).toContain("$ pulumi-aws-egress review --preview preview.json --state state.json");
});
