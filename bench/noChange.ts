import { execFile } from "node:child_process";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeStackFolder } from "../test/engine/stackFolder";

import type { Bench } from "./bench";
import { median } from "./median";
import { type Found, ratio } from "./table";

const exec = promisify(execFile);

const LIMIT = 1.2;
/** How many rules each group has. */
const IN_GROUP = 50;

const WAYS = ["rules", "trivial"] as const;

/** An `up` without changes, compared with one of as many dynamic resources that do nothing. */
export async function benchNoChange({ endpoint, quick, say }: Bench): Promise<Found> {
  await endpoint.slow({ milliseconds: 0 });
  const [count, runs] = quick ? [50, 3] : [500, 7];
  const groups = await endpoint.makeGroups(Math.ceil(count / IN_GROUP));
  const ups = await Promise.all(WAYS.map((which) => opened(endpoint.url, which, count, groups)));
  const seconds = new Map<string, number[]>(WAYS.map((which) => [which, []]));
  try {
    for (const { which, up } of ups) {
      say(`no change: ${count} ${which} are made`);
      await up({ PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
    }
    for (let run = 0; run < runs; run++) {
      for (const { which, up } of ups) {
        const since = performance.now();
        await up({});
        seconds.get(which)?.push((performance.now() - since) / 1_000);
      }
    }
  } finally {
    await Promise.all(ups.map(({ close }) => close()));
  }
  const [ours, trivial] = WAYS.map((which) => median(seconds.get(which) ?? []));
  const found = ratio(ours ?? 0, trivial ?? 0);
  return {
    table: {
      title: "An `up` without a change",
      notes: [
        `The median of ${runs} runs of each, one after the other: ${count} \`EgressRule\`s, ${IN_GROUP} a group, beside as many`,
        "dynamic resources with the same inputs, whose provider does nothing.",
      ],
      columns: ["rules / trivial", "resources", "`EgressRule`s, s", "trivial, s"],
      rows: [[found, count, ours ?? null, trivial ?? null]],
    },
    limits: [
      {
        what: `an up of ${count} rules without a change, to trivial ones`,
        measured: found ?? 0,
        limit: LIMIT,
        unit: "",
      },
    ],
  };
}

/** A project in plain JavaScript, and the CLI as users run it. */
async function opened(url: string, which: string, count: number, groups: readonly string[]) {
  const config = { "aws:region": "us-east-1", "aws:endpoints": JSON.stringify([{ ec2: url, sts: url }]) };
  const project = { project: "bench", name: "test", config };
  const { folder, env, remove } = await makeStackFolder(project);
  await writeFile(
    join(folder, "Pulumi.yaml"),
    JSON.stringify({ name: "bench", runtime: "nodejs", main: "index.js" }),
  );
  await cp(join(__dirname, "noChangeProgram.js"), join(folder, "index.js"));
  const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "organization/bench/test"];
  const credentials = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
  const own = {
    ...process.env,
    ...env,
    ...credentials,
    WHICH: which,
    COUNT: String(count),
    GROUPS: groups.join(),
  };
  const up = (more: { readonly [name: string]: string }) =>
    exec("pulumi", args, { cwd: folder, env: { ...own, ...more }, maxBuffer: 1 << 26 });
  return { which, up, close: remove };
}
