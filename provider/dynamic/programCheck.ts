import * as pulumi from "@pulumi/pulumi";
import type { Failure } from "../rule/failure";
import type { FromProgram } from "../rule/fromProgram";
import { parseInteger } from "../rule/integer";
import { parse } from "../rule/parse";
import { takePrefixListName } from "../rule/prefixListName";
import { isRecord, type UnknownRecord, withoutUndefined } from "../rule/record";
import { sameRuleText } from "../rule/sameRule";
import { sharedGroupText } from "../rule/sharedGroup";
import { UNKNOWN } from "../rule/unknown";
import { type Warning, warningsOf } from "../rule/warnings";
import { DEFAULT_QUOTA, overQuotaText, weightText } from "../rule/weight";
import { containedWarnings } from "./contained";
import {
  type Declaration,
  type DeclaredResource,
  type DeclaredRule,
  declaredGroup,
  declareRule,
  listWeight,
} from "./declaredRules";

/** What a program alone can tell of a resource. */
export interface ProgramCheck {
  /** For its check, as the input `__program`. */
  readonly program: Promise<FromProgram>;
  /** What may not be meant. */
  readonly warnings: readonly Warning[];
}

/**
 * Checks what a program says outright about a resource, together with its other rules.
 *
 * The engine stops at the first resource whose check fails, so a program with ten bad rules would need ten previews.
 * A bad one is therefore registered with what is wrong with the others, for its check to report along with its own.
 * What no check of one resource can see is found here too: the same rule twice, one within another, too many,
 * and rules on a group that another resource has to itself.
 *
 * It is the check that refuses the resource: what is known only later is left to it, and nothing here is the last word.
 */
export function checkInProgram(resource: DeclaredResource): ProgramCheck {
  const parsed = resource.rules.map((rule) => ({ rule, ...parseKnown(rule.args) }));
  const bad = parsed.flatMap((one) =>
    "failures" in one ? one.failures.map((failure) => failureLine(resource, one.rule, failure)) : [],
  );
  if (bad.length > 0) return { program: forCheck(resource, { alsoWrong: otherBadRules(bad) }), warnings: [] };

  const quota = rulesPerGroup();
  const refusals = [takeGroup(resource)];
  const warnings: Warning[] = [];
  for (const one of parsed) {
    if ("failures" in one) continue;
    const { rule, inputs } = one;
    const declaration = declareRule(resource, rule, inputs);
    if (declaration) refusals.push(refusal(declaration, quota));
    const found = [
      ...warningsOf(inputs, rule.args),
      ...heavyWarnings(rule, quota),
      ...(declaration && declaration.first === undefined ? containedWarnings(declaration) : []),
    ];
    warnings.push(...found.filter(({ kind }) => !rule.silence.has(kind)));
  }
  const refused = Promise.all(refusals).then((texts) => texts.find((text) => text !== undefined));
  return { program: forCheck(resource, { refused, beside: rulesBeside(resource) }), warnings };
}

/** The rules that others declare on the group of a set: one that it no longer declares is not for it to revoke then. */
async function rulesBeside(resource: DeclaredResource): Promise<string[] | undefined> {
  const group = resource.sharedGroup === undefined ? undefined : declaredGroup(resource.sharedGroup);
  if (group === undefined) return undefined;
  await currentBatch().complete;
  return [...group.members].flatMap(([name, member]) => (member.resource === resource ? [] : [name]));
}

/** Takes its group for a resource that is to have it to itself; the reason why it cannot, if there is one. */
async function takeGroup(resource: DeclaredResource): Promise<string | undefined> {
  const group = resource.exclusiveGroup === undefined ? undefined : declaredGroup(resource.exclusiveGroup);
  if (group === undefined) return undefined;
  const other = group.exclusive ?? [...group.members.values()][0]?.resource;
  group.exclusive ??= resource;
  if (other === undefined) return undefined;
  return sharedGroupText(await resource.urn, await other.urn, group.id ?? "its security group");
}

function failureLine(
  { label }: DeclaredResource,
  { at }: DeclaredRule,
  { property, reason }: Failure,
): string {
  return `  ${label}: ${at}${property} ${reason}`;
}

async function forCheck(
  { urn, rules }: DeclaredResource,
  later: {
    readonly refused?: Promise<string | undefined>;
    readonly beside?: Promise<string[] | undefined>;
    readonly alsoWrong?: Promise<string | undefined>;
  },
): Promise<FromProgram> {
  const [refused, beside, alsoWrong] = await Promise.all([later.refused, later.beside, later.alsoWrong]);
  const silence = [...new Set(rules.flatMap((rule) => [...rule.silence]))];
  return { urn: await urn, silence, ...withoutUndefined({ refused, beside, alsoWrong }) };
}

async function refusal({ group, member, first }: Declaration, quota: number): Promise<string | undefined> {
  const { resource } = member;
  const name = group.id ?? "its security group";
  const { exclusive } = group;
  if (exclusive !== undefined && exclusive !== resource) {
    const [one, other] = await Promise.all([exclusive.urn, resource.urn]);
    return sharedGroupText(one, other, name);
  }
  if (first !== undefined && first.resource !== resource) {
    const [one, other] = await Promise.all([first.resource.urn, resource.urn]);
    const text = group.id === undefined ? member.text : `${member.text} on ${group.id}`;
    return sameRuleText(one, other, text);
  }
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

async function otherBadRules(own: readonly string[]): Promise<string | undefined> {
  const { bad, complete } = currentBatch();
  bad.push(own);
  await complete;
  const others = bad.filter((lines) => lines !== own).flat();
  return others.length === 0 ? undefined : `so have other rules of this program:\n${others.join("\n")}`;
}

interface Batch {
  /** What is wrong with each bad resource. */
  readonly bad: (readonly string[])[];
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
