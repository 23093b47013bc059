/**
 * What the package costs, compared with the alternatives: `npm run bench`, or `npm run bench -- --quick` for a small
 * run, which keeps the results of the last full one. `--json` prints JSON instead of Markdown.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEndpoint } from "../test/ec2/endpoint";
import putToolsOnPath from "../test/globalSetup";
import type { Bench } from "./bench";
import { benchCalls } from "./calls";
import { benchChecks } from "./checks";
import { benchLoad } from "./load";
import { machine, machineText } from "./machine";
import { benchNoChange } from "./noChange";
import { benchPlan } from "./plan";
import { lineChart } from "./plot";
import { benchProgram } from "./program";
import { type Found, limitsTable, markdown } from "./table";
import { findTerraform } from "./terraform";
import { benchThrottled } from "./throttled";
import { benchWallTime, type Curve } from "./wallTime";
import { QUOTA } from "./way";

const PICTURE = "![Seconds against the number of rules](wall-time.svg)";

const quick = process.argv.includes("--quick");
const asJson = process.argv.includes("--json");

async function main(): Promise<void> {
  putToolsOnPath();
  const since = performance.now();
  const say = (what: string) =>
    console.error(`${((performance.now() - since) / 1000).toFixed(0)} s  ${what}`);
  const terraform = await findTerraform();
  const on = machine(terraform?.version);

  say("in this process, and in processes of their own");
  const own = [
    await benchPlan({ quick }),
    await benchChecks({ quick }),
    await benchLoad({ quick }),
    await benchProgram({ quick }),
  ];

  const endpoint = await startEndpoint();
  try {
    await endpoint.quota(QUOTA);
    const bench: Bench = { endpoint, terraform, quick, say };
    const wallTime = await benchWallTime(bench);
    const throttled = await benchThrottled(bench, wallTime.curves);
    const calls = await benchCalls(bench);
    const found = [...calls, throttled, wallTime.found, await benchNoChange(bench), ...own];
    report(found, wallTime.curves, on);
  } finally {
    await endpoint.stop();
  }
  say("done");
}

function report(found: readonly Found[], curves: readonly Curve[], on: ReturnType<typeof machine>): void {
  const tables = [limitsTable(found.flatMap(({ limits }) => limits)), ...found.map(({ table }) => table)];
  const json = `${JSON.stringify({ machine: on, quick, tables }, null, 2)}\n`;
  const head = ["# What it costs", "As `npm run bench` has written it.", machineText(on), PICTURE];
  const text = `${[...head, ...tables.map(markdown)].join("\n\n")}\n`;
  console.log(asJson ? json : text);
  if (quick) return;
  const inBench = (name: string) => join(__dirname, name);
  writeFileSync(inBench("results.json"), json);
  writeFileSync(inBench("results.md"), text);
  writeFileSync(inBench("wall-time.svg"), wallTimeChart(curves));
}

function wallTimeChart(curves: readonly Curve[]): string {
  return lineChart({
    title: "Time of an up that makes so many rules, 150 ms a call and EC2's bucket",
    x: "rules",
    y: "seconds",
    lines: curves.map(({ way, points }) => ({
      name: way,
      points: points.map(({ rules, seconds }) => ({ x: rules, y: seconds })),
    })),
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
