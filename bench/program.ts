import { fork } from "node:child_process";
import { join } from "node:path";
import { median } from "./median";
import { type Found, ratio } from "./table";

const LIMIT = 100;

/** Milliseconds from before the first resource. */
interface Declared {
  /** Until the constructors have returned. */
  readonly constructed: number;
  /** Until every resource has reached the engine, of which the mocks are a stand-in. */
  readonly registered: number;
}

/** The program's own part of forty rules, beside as many resources that do nothing of their own. */
export async function benchProgram({ quick }: { readonly quick: boolean }): Promise<Found> {
  const runs = quick ? 3 : 15;
  const ours: Declared[] = [];
  const bare: Declared[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await declared("ours"));
    bare.push(await declared("bare"));
  }
  const row = (what: keyof Declared) => {
    const [one, other] = [median(ours.map((ran) => ran[what])), median(bare.map((ran) => ran[what]))];
    return [ratio(one, other), what, one, other];
  };
  const table = {
    title: "A program's own part: forty rules",
    notes: [
      `The median of ${runs} processes under Pulumi's mocks, nothing warmed up: 40 \`EgressRule\`s, beside 40`,
      "`pulumi.CustomResource`s that have as many properties.",
    ],
    columns: ["ours / bare", "until", "ours, ms", "bare, ms"],
    rows: [row("constructed"), row("registered")],
  };
  const measured = median(ours.map(({ constructed }) => constructed));
  return {
    table,
    limits: [{ what: "40 EgressRules", measured, limit: LIMIT, unit: "ms" }],
  };
}

/** In a process of its own, without what this one loads to run TypeScript. */
function declared(which: "ours" | "bare"): Promise<Declared> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, "programProcess.js"), [which], { execArgv: [] });
    child.once("message", (message: Declared) => resolve(message));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The program ended with ${code} and said nothing`)));
  });
}
