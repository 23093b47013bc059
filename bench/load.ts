import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "../test/setup";
import { median } from "./median";
import { type Found, ratio } from "./table";

const exec = promisify(execFile);

const LIMIT = 60;

/** Without a TypeScript compiler, whose time is not ours. */
const PROGRAM = `
const start = performance.now();
require("@pulumi/pulumi");
const pulumi = performance.now();
require("pulumi-aws-egress");
const ours = performance.now();
const sdk = Object.keys(require.cache).filter((file) => /node_modules.(@aws-sdk|@smithy)/.test(file)).length;
console.log(JSON.stringify({ pulumi: pulumi - start, ours: ours - pulumi, sdk }));
`;

/** How much the package adds to a program's start, each time in a new process. */
export async function benchLoad({ quick }: { readonly quick: boolean }): Promise<Found> {
  const runs = quick ? 3 : 15;
  const loads: { pulumi: number; ours: number; sdk: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await exec(process.execPath, ["-e", PROGRAM], { cwd: ROOT });
    loads.push(JSON.parse(stdout));
  }
  const ours = median(loads.map((load) => load.ours));
  const pulumi = median(loads.map((load) => load.pulumi));
  const sdk = Math.max(...loads.map((load) => load.sdk));
  const table = {
    title: "A program's start",
    notes: [`The median of ${runs} processes, each of which loads @pulumi/pulumi and then the package.`],
    columns: ["ours / Pulumi's", "the package, ms", "@pulumi/pulumi, ms", "files of the AWS SDK"],
    rows: [[ratio(ours, pulumi), ours, pulumi, sdk]],
  };
  return {
    table,
    limits: [
      { what: "load of the package in a program", measured: ours, limit: LIMIT, unit: "ms" },
      { what: "files of the AWS SDK loaded in a program", measured: sdk, limit: 0, unit: "" },
    ],
  };
}
