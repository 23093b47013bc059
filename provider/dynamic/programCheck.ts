import * as pulumi from "@pulumi/pulumi";
import { OWN_PACKAGE } from "../ownPackage";
import { underTo } from "../rule/eachDestination";
import type { Failure } from "../rule/failure";
import type { Beside, FromProgram } from "../rule/fromProgram";
import { parseInteger } from "../rule/integer";
import { type LaterNames, NAMED_LATER } from "../rule/laterNames";
import { parse } from "../rule/parse";
import { weightText } from "../rule/prefixListWeight";
import { DEFAULT_QUOTA, overQuotaText } from "../rule/quota";
import { isRecord, type UnknownRecord, withoutUndefined } from "../rule/record";
import { takePrefixListName } from "../rule/takePrefixListName";
import { type Warning, warningsOf } from "../rule/warnings";
import { containedWarnings } from "./contained";
import {
  type DeclaredGroup,
  type DeclaredResource,
  type DeclaredRule,
  declaredGroup,
  declareRule,
  listWeight,
} from "./declaredRules";
import { knownPart } from "./later";
import { laterName } from "./laterName";

/** What only a program knows about a resource. */
export interface ProgramCheck {
  /** For its check, as the input `__program`. */
  readonly program: Promise<FromProgram>;
  /** The warnings. */
  readonly warnings: readonly Warning[];
}

/**
 * Checks the known values of a resource, together with the program's other rules.
 *
 * The engine stops at the first resource whose check fails, so a program with ten bad rules would need ten previews. So
 * a bad resource carries the failures of the others, and its check reports them along with its own. The program also
 * tells check what no single check can see: names for unknown values, the sum of all rules, and what other resources
 * declare.
 *
 * Only check refuses the resource, because transforms and `ignoreChanges` apply after the program has run this.
 */
export function checkInProgram(resource: DeclaredResource): ProgramCheck {
  const parsed = resource.rules.map((rule) => ({ rule, ...parseKnown(rule.args) }));
  const bad = parsed.flatMap((one) =>
    "failures" in one ? one.failures.map((failure) => failureLine(resource, one.rule, failure)) : [],
  );
  if (bad.length > 0) {
    const distinct = [...new Set(bad)];
    return { program: forCheck(resource, { alsoWrong: otherBadRules(distinct) }), warnings: [] };
  }

  const quota = rulesPerGroup();
  const groups = new Set<DeclaredGroup>();
  const warnings: Warning[] = [];
  for (const one of parsed) {
    if ("failures" in one) continue;
    const { rule, inputs } = one;
    const declaration = declareRule(resource, rule, inputs);
    if (declaration) groups.add(declaration.group);
    const found = [
      ...warningsOf(inputs, rule.args),
      ...heavyWarnings(rule, quota),
      ...(declaration && declaration.first === undefined ? containedWarnings(declaration) : []),
    ];
    warnings.push(...found.filter(({ kind }) => !rule.silence.has(kind)));
  }
  const [group] = groups;
  const overQuota = group && overQuotaOf(group, quota);
  return { program: forCheck(resource, { overQuota, beside: rulesBeside(resource) }), warnings };
}

/**
 * The rules that other resources declare on a set's group: the set must not revoke those if it stops declaring them.
 */
async function rulesBeside(resource: DeclaredResource): Promise<Beside | undefined> {
  const group = resource.sharedGroup === undefined ? undefined : declaredGroup(resource.sharedGroup);
  if (group === undefined) return undefined;
  await currentBatch().complete;
  const beside = new Map<string, string[]>();
  for (const [identity, member] of group.members) {
    if (member.resource === resource) continue;
    const urn = await member.resource.urn;
    const ofResource = beside.get(urn) ?? [];
    beside.set(urn, ofResource);
    ofResource.push(identity);
  }
  return Object.fromEntries(beside);
}

function failureLine({ label }: DeclaredResource, { at, to }: DeclaredRule, failure: Failure): string {
  const { property, reason } = underTo(to, failure);
  return `  ${label}: ${at}${property} ${reason}`;
}

async function forCheck(
  resource: DeclaredResource,
  told: {
    readonly overQuota?: Promise<string | undefined> | undefined;
    readonly beside?: Promise<Beside | undefined>;
    readonly alsoWrong?: Promise<string | undefined>;
  },
): Promise<FromProgram> {
  const { urn, rules } = resource;
  const [overQuota, beside, alsoWrong] = await Promise.all([told.overQuota, told.beside, told.alsoWrong]);
  const silence = [...new Set(rules.flatMap((rule) => [...rule.silence]))];
  const later = laterNamesOf(resource);
  return {
    urn: await urn,
    package: OWN_PACKAGE,
    preview: pulumi.runtime.isDryRun(),
    silence,
    later,
    ...withoutUndefined({ overQuota, beside, alsoWrong }),
  };
}

/** The names of values that are not plain. */
function laterNamesOf({ rules, sharedGroup }: DeclaredResource): LaterNames {
  const values = rules.flatMap(({ at, args }) =>
    NAMED_LATER.map((argument): [string, unknown] => [
      argument === "securityGroupId" ? argument : `${at}${argument}`,
      args[argument] ?? (argument === "prefixListId" ? args.prefixListName : undefined),
    ]),
  );
  const all: [string, unknown][] = [["securityGroupId", sharedGroup], ...values];
  return Object.fromEntries(
    all.flatMap(([argument, value]) =>
      typeof value === "object" && value !== null ? [[argument, laterName(value)]] : [],
    ),
  );
}

/** The sum needs all rules, and the program has yet to declare those after this one. */
async function overQuotaOf(group: DeclaredGroup, quota: number): Promise<string | undefined> {
  const text = () => overQuotaText(group.id ?? "its security group", group.weights, quota);
  if (text() === undefined) return undefined;
  await currentBatch().complete;
  return text();
}

function heavyWarnings({ args }: DeclaredRule, quota: number): Warning[] {
  const list = listWeight(args);
  const text = list && weightText(list.name, list.weight, quota);
  return text === undefined ? [] : [{ kind: "weight", text }];
}

/** Check refuses a value that is not a number, because it reads the same key. */
function rulesPerGroup(): number {
  return parseInteger(new pulumi.Config("aws-egress").get("rulesPerGroup")) ?? DEFAULT_QUOTA;
}

async function otherBadRules(own: readonly string[]): Promise<string | undefined> {
  const { bad, complete } = currentBatch();
  bad.push(own);
  await complete;
  const others = bad.filter((lines) => lines !== own).flat();
  return others.length === 0
    ? undefined
    : `other rules of this program have problems, too:\n${others.join("\n")}`;
}

interface Batch {
  /** The failures of each bad resource. */
  readonly bad: (readonly string[])[];
  /** Resolves once the program has declared every rule that waits for nothing. */
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
