import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..");

/** What the set-up has found on this machine. */
export interface SetUp {
  /** The Pulumi CLI. */
  readonly cli: string;
  /** What lets the CLI run a Pulumi.yaml project in Node.js; not part of every CLI. */
  readonly languageHost: string | null;
}

export function readSetUp(): SetUp {
  const record = join(ROOT, ".setup", "pulumi.json");
  if (!existsSync(record)) throw new Error("The set-up has not run: run `npm run setup` first");
  return JSON.parse(readFileSync(record, "utf8"));
}
