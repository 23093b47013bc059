import * as pulumi from "@pulumi/pulumi";
import type { Failure } from "../rule/failure";
import { parse } from "../rule/parse";
import { takePrefixListName } from "../rule/prefixListName";
import { isRecord, type UnknownRecord } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";
import { type Warning, warningsOf } from "../rule/warnings";
import { firstOfSame } from "./sameRule";

/** A rule as a program declares it, before anything of it is known to the engine. */
export interface DeclaredRule {
  readonly name: string;
  readonly urn: pulumi.Output<string>;
  /** The arguments as given, but for those that are none of the rule itself: Region and adoption. */
  readonly args: UnknownRecord;
}

/**
 * Checks what a program says outright about a rule, together with its other rules.
 *
 * The engine stops at the first resource whose check fails, so a program with ten bad rules would need ten previews.
 * A bad rule is therefore registered with what is wrong with the others, for its check to report along with its own.
 * The same rule declared twice is found here too, as no check sees two resources.
 *
 * It is the check that refuses the rule: what is known only later is left to it, and nothing here is the last word.
 */
export function checkInProgram(rule: DeclaredRule): ProgramCheck {
  const parsed = parseKnown(rule.args);
  const nothing = Promise.resolve(undefined);
  if ("failures" in parsed) {
    const __alsoWrong = otherBadRules(rule, parsed.failures);
    return { inputs: { __sameRule: nothing, __alsoWrong }, warnings: [] };
  }
  const first = firstOfSame(rule, parsed.inputs);
  return {
    inputs: { __sameRule: first ? sameRuleReason(rule, first) : nothing, __alsoWrong: nothing },
    warnings: warningsOf(parsed.inputs, rule.args),
  };
}

/** What a program alone can tell of a rule. */
export interface ProgramCheck {
  /** What the check has to report: in any case, and along with what it finds itself. */
  readonly inputs: {
    readonly __sameRule: Promise<string | undefined>;
    readonly __alsoWrong: Promise<string | undefined>;
  };
  /** What may not be meant. */
  readonly warnings: readonly Warning[];
}

async function otherBadRules(
  { name }: DeclaredRule,
  failures: readonly Failure[],
): Promise<string | undefined> {
  batch ??= newBatch();
  const { bad, complete } = batch;
  const own = failures.map(({ property, reason }) => `  EgressRule "${name}": ${property} ${reason}`);
  bad.push(own);
  await complete;
  const others = bad.filter((lines) => lines !== own).flat();
  return others.length === 0 ? undefined : `so have other rules of this program:\n${others.join("\n")}`;
}

interface Batch {
  /** What is wrong with each bad rule. */
  readonly bad: string[][];
  /** When the program has made all the rules that it makes without waiting for anything. */
  readonly complete: Promise<void>;
}

let batch: Batch | undefined;

function newBatch(): Batch {
  const complete = new Promise<void>((resolve) => {
    setImmediate(() => {
      batch = undefined;
      resolve();
    });
  });
  return { bad: [], complete };
}

function parseKnown(args: UnknownRecord): ReturnType<typeof parse> {
  const known = knownPart(args);
  const named = takePrefixListName(isRecord(known) ? known : {});
  const parsed = parse(named.args);
  const failures: Failure[] = [...named.failures, ...("failures" in parsed ? parsed.failures : [])];
  return failures.length > 0 ? { failures } : parsed;
}

/** The arguments with everything that only a later moment will tell made unknown. */
function knownPart(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) return value.map(knownPart);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, knownPart(part)]));
}

async function sameRuleReason(rule: DeclaredRule, first: DeclaredRule): Promise<string> {
  const [one, other] = await Promise.all([urnOf(first), urnOf(rule)]);
  return `${other} is the same rule as ${one}, and a group keeps a rule only once: remove one of the two`;
}

function urnOf({ urn }: DeclaredRule): Promise<string> {
  return new Promise((resolve) => urn.apply(resolve));
}
