import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLanguageHost } from "../../engine/cli";
import { makeStackFolder } from "../../engine/stackFolder";
import { runBin } from "./bin";
import { recorded } from "./told";

const state = ["--state", recorded("egressRules", "state.json")];
const preview = ["--preview", recorded("egressRules", "preview.json")];
const question = ["--from", "web", "--to", "10.0.4.7", "--port", "443"];

test.each([[[]], [["review"]], [["explain"]], [["generate"]], [["learn"]]])(
  "%j --help shows examples",
  async (command) => {
    const { code, stdout } = await runBin([...command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n[\s\S]*\$ pulumi-aws-egress (review|explain|generate|learn) /);
  },
);

test.each([
  [["reveiw"], "unknown command 'reveiw'"],
  [["explain", ...state, "--to", "10.0.0.7"], "'--from <group>'"],
  [["explain", ...state, ...question, "--colour"], "unknown option '--colour'"],
  [
    ["explain", ...preview.with(0, "--state"), ...question],
    "is a preview: expected what `pulumi stack export` writes",
  ],
  [["explain", ...state, ...question.with(1, "db")], 'the program has no group "db": it has sg-'],
  [["explain", "--live", ...state, ...question], "remove --state and --preview"],
])("%j exits with 2, and reports what it expected", async (args, message) => {
  const { code, stdout, stderr } = await runBin(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("explain names the rule, resource, reason and line, and what groups do not decide", async () => {
  const { code, stdout } = await runBin(["explain", ...state, ...question]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Yes: the rules allow sg-\w+ to send tcp 443 to 10\.0\.4\.7\.\n/);
  expect(stdout).toContain(
    'by tcp 443 to 10.0.4.0/24 (updates): SecurityGroupEgressRule "widens", index.ts:14',
  );
  expect(stdout).toMatch(/Routes, network ACLs.*inbound rules also apply/);
  expect(stdout).toMatch(/never filter DNS/);
});

test("explain answers for the state after a change if given a preview", async () => {
  const elsewhere = question.with(3, "10.0.5.7");
  const before = await runBin(["explain", ...state, ...elsewhere, "--json"]);
  expect(JSON.parse(before.stdout)).toMatchObject({
    answer: "no",
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    destination: "10.0.5.7/32",
    nearest: [
      { text: "tcp 443 goes to 10.0.4.0/24 only", rules: [{ resource: "widens", reason: "updates" }] },
    ],
  });
  const after = await runBin(["explain", ...state, ...preview, ...elsewhere, "--json"]);
  expect(JSON.parse(after.stdout)).toMatchObject({
    answer: "yes",
    by: [{ text: "tcp 443 to 10.0.4.0/22", resource: "widens", source: { file: "index.ts", line: 16 } }],
  });
});

test.each([
  ["review", ["review", ...state, ...preview]],
  ["explain", ["explain", ...state, ...question]],
])("%s loads neither Pulumi's SDK nor the AWS SDK", async (_, args) => {
  const hook = `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`;
  const folder = mkdtempSync(join(tmpdir(), "egress-hook-"));
  try {
    writeFileSync(join(folder, "hook.cjs"), hook);
    const { stderr } = await runBin(args, { node: ["--require", join(folder, "hook.cjs")] });
    expect(stderr).toContain("commander");
    expect(stderr).not.toMatch(/node_modules.(@pulumi|@aws-sdk|@smithy|@grpc)\b/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

withLanguageHost("in a project's folder both commands run the CLI themselves", async () => {
  const stack = await makeStackFolder({
    project: "shop",
    name: "test",
    config: { "aws:region": "us-east-1" },
  });
  try {
    writeFileSync(join(stack.folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(
      join(stack.folder, "index.js"),
      `const { EgressRule } = require("pulumi-aws-egress");
new EgressRule("updates", { securityGroupId: "sg-0123456789abcdef0", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" });`,
    );
    const options = { cwd: stack.folder, env: { ...stack.env, AWS_REGION: "us-east-1" } };
    const review = await runBin(["review", "--stack", "test", "--format", "json"], options);
    expect(review).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(review.stdout)).toMatchObject({
      verdict: "widens",
      groups: [{ group: "sg-0123456789abcdef0", opens: [{ destination: "10.0.0.0/16" }] }],
    });
    const from = question.with(1, "sg-0123456789abcdef0");
    const explain = await runBin(["explain", "--stack", "test", ...from], options);
    expect(explain).toMatchObject({ code: 2, stderr: expect.stringContaining("it has none") });
    const none = await runBin(["explain", "--stack", "none", ...from], options);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("`pulumi stack export`") });
  } finally {
    await stack.remove();
  }
});
