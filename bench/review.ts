import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../test/setup";

/**
 * Measures the time and memory of the `bin`'s commands on a state of 5,000 rules and a preview of 500 changes.
 *
 * `npx tsx bench/review.ts`, after `npm run setup`: the median and the worst of five runs, each in a process of its own.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "egress-review-"));
  try {
    const [state, preview] = [join(folder, "state.json"), join(folder, "preview.json")];
    await writeFile(state, JSON.stringify(stateOf(RULES)));
    await writeFile(preview, JSON.stringify(previewOf(CHANGES)));
    const read = ["--state", state, "--preview", preview];
    const explain = ["explain", "--state", state, "--from", groupId(0), "--to", "10.0.0.7", "--port", "443"];
    await measure("--help", ["--help"]);
    for (const format of ["markdown", "json", "sarif", "text"]) {
      await measure(`review, ${format}`, ["review", ...read, "--format", format]);
    }
    await measure("explain", explain);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const RULES = 5_000;
const CHANGES = 500;
const RUNS = 5;
const GROUPS = 100;

const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const PREFIX = "urn:pulumi:prod::shop::";

const groupId = (number: number) => `sg-${number.toString(16).padStart(17, "0")}`;

function group(number: number) {
  return {
    urn: `${PREFIX}${GROUP}::group-${number}`,
    custom: true,
    id: groupId(number),
    type: GROUP,
    inputs: { vpcId: "vpc-0123456789abcdef0", description: "Managed by Pulumi", __defaults: [] },
    outputs: { vpcId: "vpc-0123456789abcdef0", id: groupId(number), arn: `arn:aws:ec2:::group/${number}` },
  };
}

/** Each rule differs from all others of its group; changed ones have a wider network. */
function rule(number: number, bits: number) {
  const inputs = {
    securityGroupId: groupId(number % GROUPS),
    ipProtocol: number % 3 === 0 ? "udp" : "tcp",
    fromPort: 400 + (number % 50),
    toPort: 443 + (number % 50),
    cidrIpv4: `10.${Math.floor(number / 256) % 256}.${number % 256}.0/${bits}`,
    description: `rule ${number}`,
  };
  const urn = `${PREFIX}${RULE}::rule-${number}`;
  return {
    urn,
    custom: true,
    id: `sgr-${number.toString(16).padStart(17, "0")}`,
    type: RULE,
    inputs,
    outputs: { ...inputs, arn: `arn:aws:ec2:::rule/${number}`, tagsAll: {} },
    parent: `${PREFIX}pulumi:pulumi:Stack::shop-prod`,
    propertyDependencies: { securityGroupId: [`${PREFIX}${GROUP}::group-${number % GROUPS}`] },
    sourcePosition: `project:///index.ts#${number + 1},1`,
  };
}

function stateOf(rules: number) {
  const groups = Array.from({ length: GROUPS }, (_, number) => group(number));
  const resources = [...groups, ...Array.from({ length: rules }, (_, number) => rule(number, 24))];
  return { version: 3, deployment: { resources } };
}

function previewOf(changes: number) {
  const step = RULES / changes;
  const steps = Array.from({ length: changes }, (_, place) => {
    const [oldState, newState] = [rule(place * step, 24), rule(place * step, 20)];
    return { op: "update", urn: oldState.urn, oldState, newState };
  });
  return { steps };
}

async function measure(what: string, args: readonly string[]): Promise<void> {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await once(args));
  const times = runs.map(({ ms }) => ms).sort((one, other) => one - other);
  const memory = Math.max(...runs.map(({ megabytes }) => megabytes));
  const [median = 0, worst = 0] = [times[Math.floor(RUNS / 2)], times.at(-1)];
  process.stdout.write(
    `${what.padEnd(18)} ${median.toFixed(0).padStart(6)} ms, worst ${worst.toFixed(0)} ms, ${memory.toFixed(0)} MB\n`,
  );
}

const BIN = join(ROOT, "dist", "cli", "index.js");
/** Runs the command in a process that reports its peak memory on a separate channel. */
const TELLING = `process.on("exit", () => require("node:fs").writeSync(3, String(process.resourceUsage().maxRSS)));
process.argv.splice(1, 0, ${JSON.stringify(BIN)});
require(${JSON.stringify(BIN)});`;

function once(args: readonly string[]): Promise<{ readonly ms: number; readonly megabytes: number }> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", TELLING, "--", ...args], {
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    let told = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0) reject(new Error(`${args.join(" ")} ended with ${code}`));
      else resolve({ ms: performance.now() - start, megabytes: Number(told) / 1024 });
    });
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
