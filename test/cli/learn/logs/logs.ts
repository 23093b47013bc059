import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LogRecord, lineOf } from "./format";
import { describedInterfaces } from "./network";
import { anyPolicy, type Need } from "./policy";
import { randomOf } from "./random";
import { inbound, noise, requests } from "./traffic";

/** A policy that a group needs, and a day's records under it, sorted by time. */
export interface Day {
  readonly policy: readonly Need[];
  /** The rules of the policy, as the tool prints them. */
  readonly rules: readonly string[];
  readonly records: readonly LogRecord[];
}

export function dayOf(seed: number): Day {
  const random = randomOf(seed);
  const policy = anyPolicy(random);
  const records = [...requests(random, policy), ...inbound(random), ...noise(random)];
  const rules = policy.flatMap((need) => need.rules).sort();
  return { policy, rules, records: records.sort((one, other) => one.start - other.start) };
}

/** Records in a format, with its header. */
export function textOf(records: readonly LogRecord[], format: readonly string[]): string {
  return [format.join(" "), ...records.map((record) => lineOf(record, format)), ""].join("\n");
}

/** A folder with files, which is deleted after use. */
export function folderWith(files: { readonly [name: string]: string | Uint8Array }) {
  const folder = mkdtempSync(join(tmpdir(), "egress-learn-"));
  const path = (name: string) => join(folder, name);
  const all = { "eni.json": JSON.stringify(describedInterfaces()), ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(path(name), content);
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
