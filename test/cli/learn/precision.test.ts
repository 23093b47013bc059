import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../setup";
import { learnIn, rulesOf } from "./found";
import { DEFAULT_FORMAT, FULL_FORMAT } from "./logs/format";
import { dayOf, folderWith, textOf } from "./logs/logs";

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);

async function learnedFrom(seed: number, format: readonly string[]) {
  const { rules, records } = dayOf(seed);
  const { path, remove } = folderWith({ "logs.txt": textOf(records, format) });
  try {
    const learned = await learnIn(path);
    return { expected: rules, found: rulesOf(learned), counts: learned.counts };
  } finally {
    remove();
  }
}

test.each(SEEDS)("from logs with all fields, policy %i comes back exactly", async (seed) => {
  const { expected, found } = await learnedFrom(seed, FULL_FORMAT);
  expect(found).toEqual(expected);
});

const without = (...fields: readonly string[]) => FULL_FORMAT.filter((field) => !fields.includes(field));
const FORMATS = {
  "all fields": FULL_FORMAT,
  "without `flow-direction`": without("flow-direction"),
  "without `tcp-flags`": without("tcp-flags"),
  "without either": without("tcp-flags", "flow-direction"),
  "without `pkt-dst-aws-service`": without("pkt-dst-aws-service"),
  "without `pkt-srcaddr` and `pkt-dstaddr`": without("pkt-srcaddr", "pkt-dstaddr"),
  "the default format": DEFAULT_FORMAT,
};

test.each(Object.entries(FORMATS))("every record of the group is counted once: %s", async (_, format) => {
  const { counts } = await learnedFrom(1, format);
  const { requests, answers, others, rejected, inboundRejected, unclear, noDirection } = counts;
  const sum = requests + answers + others + rejected + inboundRejected + unclear + noDirection;
  expect(sum).toBe(counts.own);
  expect(sum).toBeGreaterThan(100);
});

test("the docs report how much less comes back from logs with fewer fields", async () => {
  const rows = [];
  for (const [name, format] of Object.entries(FORMATS)) {
    let [right, found, expected] = [0, 0, 0];
    for (const seed of SEEDS) {
      const one = await learnedFrom(seed, format);
      right += one.found.filter((rule) => one.expected.includes(rule)).length;
      found += one.found.length;
      expected += one.expected.length;
    }
    rows.push(`| ${name} | ${(right / found).toFixed(2)} | ${(right / expected).toFixed(2)} |`);
  }
  const docs = readFileSync(join(ROOT, "docs", "guides", "learn.md"), "utf8");
  expect(docs).toContain(
    ["| the logs have | precision | recall |", "| --- | ---: | ---: |", ...rows].join("\n"),
  );
});
