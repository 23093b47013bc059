import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_FORMAT, FULL_FORMAT, type LogRecord, lineOf } from "../test/cli/learn/logs/format";
import { ACCOUNT, describedInterfaces, GROUPS, WEB } from "../test/cli/learn/logs/network";
import { type Random, randomOf } from "../test/cli/learn/logs/random";
import { ROOT } from "../test/setup";

/**
 * Measures the time and memory of `learn` on 10 million records.
 *
 * `npx tsx bench/learn.ts`, after `npm run setup`; with `--quick`, on 200,000. The logs fill a temporary file of 1 to 2 GB,
 * which is deleted afterwards.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "egress-learn-"));
  try {
    await writeFile(join(folder, "eni.json"), JSON.stringify(describedInterfaces()));
    await measure(folder, "default format, few destinations", DEFAULT_FORMAT, 50);
    await measure(folder, "default format, 100,000 destinations", DEFAULT_FORMAT, 100_000);
    await measure(folder, "25 fields, 100,000 destinations", FULL_FORMAT, 100_000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const RECORDS = process.argv.includes("--quick") ? 200_000 : 10_000_000;
const SINCE = 1_795_000_000;
const DAY = 86_400;
/** The speed of a current machine per second, and its limits. */
const LIMIT = { seconds: 40, megabytes: 400 };

async function measure(folder: string, what: string, format: readonly string[], destinations: number) {
  const file = join(folder, "logs.txt");
  await writeLogs(file, format, destinations);
  const { size } = await stat(file);
  const { seconds, cpu, megabytes } = await run(folder, file);
  const within = cpu <= LIMIT.seconds && megabytes <= LIMIT.megabytes;
  process.stdout.write(
    `${what.padEnd(38)} ${(size / 1e9).toFixed(2)} GB ${cpu.toFixed(1).padStart(6)} s of CPU, ${seconds.toFixed(1)} s in all ${megabytes.toFixed(0).padStart(5)} MB  ${within ? "within" : "OVER"} ${LIMIT.seconds} s and ${LIMIT.megabytes} MB\n`,
  );
}

/** Half of them are the group's requests, and half are requests from others. */
async function writeLogs(file: string, format: readonly string[], destinations: number): Promise<void> {
  const random = randomOf(1);
  const out = createWriteStream(file);
  out.write(`${format.join(" ")}\n`);
  for (let written = 0; written < RECORDS; ) {
    let text = "";
    for (let line = 0; line < 4000 && written < RECORDS; line += 2, written += 2) {
      const [there, back] = connection(
        random,
        destinations,
        SINCE + Math.floor((written / RECORDS) * 7 * DAY),
      );
      text += `${lineOf(there, format)}\n${lineOf(back, format)}\n`;
    }
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

function connection(random: Random, destinations: number, start: number): [LogRecord, LogRecord] {
  const eni = random.pick(WEB);
  const own = eni.addresses[0] ?? "";
  const isOurs = random.chance(0.5);
  const place = random.int(0, destinations - 1);
  // Close to one another, so that they fit a policy.
  const peer = `10.7.${Math.floor(place / 256) % 16}.${place % 256}`;
  const common = { account: ACCOUNT, interfaceId: eni.id, protocol: 6, start, packets: random.int(1, 2000) };
  const [ownPort, peerPort] = isOurs
    ? [random.int(32768, 60999), 1024 + 443 + Math.floor(place / 4096)]
    : [8080, random.int(1024, 65535)];
  const there = { ...common, source: own, destination: peer, sourcePort: ownPort, destinationPort: peerPort };
  const back = { ...common, source: peer, destination: own, sourcePort: peerPort, destinationPort: ownPort };
  return [
    { ...there, isEgress: true, tcpFlags: isOurs ? 3 : 19 },
    { ...back, isEgress: false, tcpFlags: isOurs ? 19 : 3 },
  ];
}

const BIN = join(ROOT, "dist", "cli", "index.js");
/** Runs the command in a process that reports its cost on a separate channel. */
const TELLING = `process.on("exit", () => require("node:fs").writeSync(3, JSON.stringify(process.resourceUsage())));
process.argv.splice(1, 0, ${JSON.stringify(BIN)});
require(${JSON.stringify(BIN)});`;

interface Taken {
  readonly seconds: number;
  /** Of all threads together, so that other processes do not distort it. */
  readonly cpu: number;
  readonly megabytes: number;
}

async function run(folder: string, file: string): Promise<Taken> {
  const args = ["--flow-logs", file, "--interfaces", join(folder, "eni.json"), "--group", GROUPS.web];
  const start = performance.now();
  const child = spawn(process.execPath, ["-e", TELLING, "--", "learn", ...args, "--max-rules", "1000"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let [told, said] = ["", ""];
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`learn ended with ${code}: ${said}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(told);
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1024,
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
