/**
 * Writes docs/guides/review-report.md, and the preview and state behind it for the tests: the `review` of the change
 * in examples/reviewed, as the real CLI previews it.
 *
 * Run `tsx scripts/reviewReport.ts`; it first creates the stack in a local EC2 endpoint.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseExport } from "../cli/program/parseExport";
import { parsePreview } from "../cli/program/parsePreview";
import { modelOf } from "../cli/program/read";
import { reviewOf } from "../cli/review/review";
import { json } from "../cli/review/write/json";
import { markdown } from "../cli/review/write/markdown";
import { startEndpoint } from "../test/ec2/endpoint";
import putToolsOnPath from "../test/globalSetup";
import { ROOT } from "../test/setup";

const STACK = "egress-review";

/** Ids differ each time, but a regenerated report should stay the same. */
const STEADY = ["sg-0123456789abcdef0", "sg-0fedcba9876543210"] as const;

async function write(): Promise<void> {
  await putToolsOnPath();
  const endpoint = await startEndpoint();
  const { groupIds } = await endpoint.makeNetwork();
  const [webGroupId, databaseGroupId] = groupIds;
  const home = mkdtempSync(join(tmpdir(), "egress-review-"));
  mkdirSync(join(home, "state"));
  const env = {
    ...process.env,
    ...endpoint.env,
    PULUMI_BACKEND_URL: pathToFileURL(join(home, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "only for this report",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const cwd = join(ROOT, "examples", "reviewed");
  const ofStack = [
    "--stack",
    STACK,
    "--config-file",
    join(home, `Pulumi.${STACK}.yaml`),
    "--non-interactive",
  ];
  const pulumi = (...args: string[]) =>
    execFileSync("pulumi", [...args, ...ofStack], { cwd, env, maxBuffer: 2 ** 26 }).toString();
  try {
    execFileSync("pulumi", ["stack", "init", STACK, "--no-select", "--non-interactive"], { cwd, env });
    const values = Object.entries({ webGroupId, databaseGroupId, next: "false" });
    pulumi("config", "set-all", ...values.flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]));
    pulumi("up", "--yes", "--skip-preview");
    pulumi("config", "set", "next", "true");
    const preview = pulumi("preview", "--json");
    const state = execFileSync("pulumi", ["stack", "export", "--stack", STACK], { cwd, env }).toString();
    const steady = (text: string) =>
      groupIds.reduce((all, id, at) => all.replaceAll(id, STEADY[at] ?? id), text);
    const { steps, changeSummary } = JSON.parse(steady(preview), withoutTimes);
    const { version, deployment } = JSON.parse(steady(state), withoutTimes);
    const change = {
      preview: { steps, changeSummary },
      state: { version, deployment: { resources: deployment.resources } },
    };
    writeFileSync(
      join(ROOT, "test", "cli", "review", "recorded.json"),
      `${JSON.stringify(change, null, 2)}\n`,
    );
    const review = reviewOf(
      modelOf(
        parsePreview({ name: "preview", values: [change.preview] }),
        parseExport({ name: "state", values: [change.state] }),
      ),
    );
    writeFileSync(join(ROOT, "docs", "guides", "review-report.md"), markdown(review));
    process.stdout.write(json(review));
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(join(cwd, `Pulumi.${STACK}.yaml`), { force: true });
    await endpoint.stop();
  }
}

/** Values that differ each time and do not matter to a review. */
function withoutTimes(name: string, value: unknown): unknown {
  return ["created", "modified"].includes(name) ? undefined : value;
}

write().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
