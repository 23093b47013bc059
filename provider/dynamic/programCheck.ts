import * as pulumi from "@pulumi/pulumi";
import type { Failure } from "../rule/failure";
import { parse } from "../rule/parse";
import { takePrefixListName } from "../rule/prefixListName";
import { isRecord, type UnknownRecord } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";

/**
 * Checks what a program says outright about a rule, together with the other rules that it makes in one go.
 *
 * The engine stops at the first resource whose check fails, so a program with ten bad rules would need ten previews.
 * A bad rule is therefore registered with what is wrong with the others, for its check to report along with its own.
 * It is the check that refuses the rule: what is known only later is left to it, and nothing here is the last word.
 *
 * @returns what is wrong with other rules, if this one is bad and others are too
 */
export function alsoWrong(rule: string, args: object): Promise<string | undefined> {
  batch ??= newBatch();
  const failures = failuresOf(args);
  if (failures.length === 0) return Promise.resolve(undefined);
  const own = failures.map(({ property, reason }) => `  ${rule}: ${property} ${reason}`);
  batch.wrong.push(own);
  return batch.complete.then((wrong) => {
    const others = wrong.filter((lines) => lines !== own).flat();
    return others.length === 0 ? undefined : `so have other rules of this program:\n${others.join("\n")}`;
  });
}

interface Batch {
  /** What is wrong with each bad rule. */
  readonly wrong: string[][];
  /** The same, once the program has made all the rules that it makes without waiting for anything. */
  readonly complete: Promise<readonly string[][]>;
}

let batch: Batch | undefined;

function newBatch(): Batch {
  const wrong: string[][] = [];
  const complete = new Promise<readonly string[][]>((resolve) => {
    setImmediate(() => {
      batch = undefined;
      resolve(wrong);
    });
  });
  return { wrong, complete };
}

function failuresOf(args: object): readonly Failure[] {
  const known = knownPart(args);
  const named = takePrefixListName(isRecord(known) ? known : {});
  const parsed = parse(named.args);
  return [...named.failures, ...("failures" in parsed ? parsed.failures : [])];
}

/** The arguments with everything that only a later moment will tell made unknown. */
function knownPart(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value))
    return UNKNOWN;
  if (Array.isArray(value)) return value.map(knownPart);
  if (!isRecord(value)) return value;
  const known: { [name: string]: unknown } = {};
  for (const [name, part] of Object.entries(value satisfies UnknownRecord)) known[name] = knownPart(part);
  return known;
}
