import fc from "fast-check";
import { isGiven, type UnknownRecord } from "../../provider/rule/record";
import { UNKNOWN } from "../../provider/rule/unknown";
import { anything, mixedArguments, spelledRule } from "../rule/arbitraries";
import { NEAR_MISSES } from "./nearMisses";

/** Existing groups and lists. */
export interface Known {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
}

/** Any arguments of a rule: valid, almost valid, and invalid. */
export const ruleArguments: fc.Arbitrary<UnknownRecord> = fc.oneof(
  { weight: 3, arbitrary: spelledRule.map(([, args]) => args) },
  { weight: 8, arbitrary: spelledRule.chain(([, args]) => misspelt(args)) },
  { weight: 1, arbitrary: mixedArguments },
  { weight: 1, arbitrary: anything.map((value) => Object(value)).filter(isComparable) },
);

/** jest mistakes plain data with its own `constructor` for something else. */
function isComparable(args: object): boolean {
  return !Object.hasOwn(args, "constructor");
}

/** Replaces one to three of the arguments with near misses, or removes them. */
function misspelt(args: UnknownRecord): fc.Arbitrary<UnknownRecord> {
  const given = Object.keys(args).filter((property) => isGiven(args[property]));
  const exchanged = fc
    .subarray(Object.keys(NEAR_MISSES), { minLength: 1, maxLength: 2 })
    .chain((properties) =>
      fc.record(Object.fromEntries(properties.map((name) => [name, NEAR_MISSES[name] ?? fc.constant(null)]))),
    );
  const own = fc
    .constantFrom(...given)
    .chain((property) =>
      (NEAR_MISSES[property] ?? fc.constant(null)).map((value) => ({ [property]: value })),
    );
  const without = fc.constantFrom(...given).map((property) => ({ [property]: undefined }));
  return fc.oneof(
    { weight: 4, arbitrary: own.map((part) => ({ ...args, ...part })) },
    { weight: 2, arbitrary: exchanged.map((part) => ({ ...args, ...part })) },
    { weight: 1, arbitrary: without.map((part) => ({ ...args, ...part })) },
  );
}

/** Some of the arguments, at any depth, unknown. */
export function halfKnown(args: UnknownRecord): fc.Arbitrary<UnknownRecord> {
  const given = Object.keys(args).filter((property) => isGiven(args[property]));
  return fc.subarray(given, { minLength: Math.min(1, given.length) }).chain((properties) =>
    fc.boolean().map((isDeep) => ({
      ...args,
      ...Object.fromEntries(properties.map((property) => [property, hidden(args[property], isDeep)])),
    })),
  );
}

function hidden(value: unknown, isDeep: boolean): unknown {
  if (!isDeep || typeof value !== "object" || value === null || Array.isArray(value)) return UNKNOWN;
  const parts = Object.entries(value);
  return Object.fromEntries(parts.map(([name, part]) => [name, isGiven(part) ? UNKNOWN : part]));
}

/** The same with existing groups and lists: EC2's "not found" says nothing about the form. */
export function placed(args: UnknownRecord, { groups, lists }: Known): UnknownRecord {
  const one = (ids: readonly string[], id: string) => ids[id.charCodeAt(id.length - 1) % ids.length] ?? id;
  const inPlace = (value: unknown) => {
    if (typeof value !== "string") return value;
    if (/^sg-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(value)) return one(groups, value);
    return /^pl-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(value) ? one(lists, value) : value;
  };
  return Object.fromEntries(Object.entries(args).map(([property, value]) => [property, inPlace(value)]));
}
