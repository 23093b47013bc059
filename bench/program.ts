import { fork } from "node:child_process";
import { join } from "node:path";
import { median } from "./median";
import { type Found, ratio } from "./table";

const LIMIT = 100;

/** Milliseconds from before the first resource. */
interface Declared {
  /** Until the constructors have returned. */
  readonly constructed: number;
  /** Until every resource has reached the engine, which the mocks stand in for. */
  readonly registered: number;
}

/** The program's own share for forty rules, compared with as many resources that do nothing. */
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

/** In a separate process, without the TypeScript tools of this one. */
function declared(which: "ours" | "bare"): Promise<Declared> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, "programProcess.js"), [which], { execArgv: [] });
    child.once("message", (message: Declared) => resolve(message));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The program ended with ${code} and said nothing`)));
  });
}
