import * as pulumi from "@pulumi/pulumi";
import type { Failure } from "../rule/failure";
import type { FromProgram } from "../rule/fromProgram";
import { parseInteger } from "../rule/integer";
import { parse } from "../rule/parse";
import { takePrefixListName } from "../rule/prefixListName";
import { isRecord, type UnknownRecord, withoutUndefined } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";
import { type Warning, warningsOf } from "../rule/warnings";
import { DEFAULT_QUOTA, overQuotaText, weightText } from "../rule/weight";
import { containedWarnings } from "./contained";
import { type Declaration, type DeclaredRule, declareRule, listWeight } from "./declaredRules";

/** What a program alone can tell of a rule. */
export interface ProgramCheck {
  /** For the check of the rule, as the input `__program`. */
  readonly program: Promise<FromProgram>;
  /** What may not be meant. */
  readonly warnings: readonly Warning[];
}

/**
 * Checks what a program says outright about a rule, together with its other rules.
 *
 * The engine stops at the first resource whose check fails, so a program with ten bad rules would need ten previews.
 * A bad rule is therefore registered with what is wrong with the others, for its check to report along with its own.
 * What no check of one resource can see is found here too: the same rule twice, one within another, too many.
 *
 * It is the check that refuses the rule: what is known only later is left to it, and nothing here is the last word.
 */
export function checkInProgram(rule: DeclaredRule): ProgramCheck {
  const parsed = parseKnown(rule.args);
  if ("failures" in parsed) {
    return { program: forCheck(rule, { alsoWrong: otherBadRules(rule, parsed.failures) }), warnings: [] };
  }
  const quota = rulesPerGroup();
  const declaration = declareRule(rule, parsed.inputs);
  const warnings = [
    ...warningsOf(parsed.inputs, rule.args),
    ...heavyWarnings(rule, quota),
    ...(declaration && declaration.first === undefined ? containedWarnings(declaration) : []),
  ];
  const refused = declaration && refusal(declaration, parsed.inputs.securityGroupId, quota);
  return {
    program: forCheck(rule, { refused }),
    warnings: warnings.filter(({ kind }) => !rule.silence.has(kind)),
  };
}

async function forCheck(
  { urn, silence }: DeclaredRule,
  later: {
    readonly refused?: Promise<string | undefined> | undefined;
    readonly alsoWrong?: Promise<string | undefined>;
  },
): Promise<FromProgram> {
  const [refused, alsoWrong] = await Promise.all([later.refused, later.alsoWrong]);
  return { urn: await urn, silence: [...silence], ...withoutUndefined({ refused, alsoWrong }) };
}

async function refusal(
  { group, member, first }: Declaration,
  groupId: string,
  quota: number,
): Promise<string | undefined> {
  if (first !== undefined) {
    const [one, other] = await Promise.all([first.urn, member.urn]);
    return `${other} is the same rule as ${one}, and a group keeps a rule only once: remove one of the two`;
  }
  const name = groupId === UNKNOWN ? "its security group" : groupId;
  if (overQuotaText(name, group.weights, quota) === undefined) return undefined;
  // The sum is that of all the rules, and those after this one are still to be counted.
  await currentBatch().complete;
  return overQuotaText(name, group.weights, quota);
}

function heavyWarnings({ args }: DeclaredRule, quota: number): Warning[] {
  const list = listWeight(args);
  const text = list && weightText(list.name, list.weight, quota);
  return text === undefined ? [] : [{ kind: "weight", text }];
}

/** What is no number is refused by the check, which reads the same key. */
function rulesPerGroup(): number {
  return parseInteger(new pulumi.Config("aws-egress").get("rulesPerGroup")) ?? DEFAULT_QUOTA;
}

async function otherBadRules(
  { name }: DeclaredRule,
  failures: readonly Failure[],
): Promise<string | undefined> {
  const { bad, complete } = currentBatch();
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

function currentBatch(): Batch {
  batch ??= newBatch();
  return batch;
}

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
