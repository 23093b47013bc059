import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..");

/** What the set-up found on this machine. */
export interface SetUp {
  /** The Pulumi CLI. */
  readonly cli: string;
  /** Lets the CLI run a Pulumi.yaml project in Node.js; some CLIs lack it. */
  readonly languageHost: string | null;
}

export function readSetUp(): SetUp {
  const record = join(ROOT, ".setup", "pulumi.json");
  if (!existsSync(record)) throw new Error("The set-up has not run: run `npm run setup` first");
  return JSON.parse(readFileSync(record, "utf8"));
}
