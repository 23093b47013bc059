import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const ROOT = join(__dirname, "..");

/** Puts the Pulumi CLI that the set-up has found, and the dynamic provider's launcher, on PATH for every test. */
export default function setUp(): void {
  const record = join(ROOT, ".setup", "pulumi.json");
  if (!existsSync(record)) throw new Error("The set-up has not run: run `npm run setup` first");
  const { cli }: { cli: string } = JSON.parse(readFileSync(record, "utf8"));
  const launcher = join(ROOT, "node_modules", "@pulumi", "pulumi");
  process.env.PATH = [dirname(cli), launcher, process.env.PATH].join(delimiter);
}
