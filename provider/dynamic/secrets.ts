import * as pulumi from "@pulumi/pulumi";
import { isRecord, type UnknownRecord } from "../rule/record";
import { isLater } from "./later";

/**
 * A secret marker if a value or a part of it is secret; undefined otherwise.
 *
 * Passed as an input under another name, it makes the engine mark the output of that name secret, because the engine
 * matches them by name.
 */
export function secretLike(
  value: unknown,
  inPlace: () => unknown = () => undefined,
): Promise<pulumi.Output<unknown> | undefined> | undefined {
  const outputs = outputsIn(value);
  if (outputs.length === 0) return undefined;
  return areSecret(outputs).then((isSecret) => (isSecret ? pulumi.secret(inPlace()) : undefined));
}

/** Makes a value secret if another value, or a part of it, is secret. */
export function asSecretAs<Value>(other: unknown, value: Value) {
  const outputs = outputsIn(other);
  if (outputs.length === 0) return value;
  return areSecret(outputs).then((isSecret) => (isSecret ? pulumi.secret(value) : value));
}

/** What a rule's text does not contain. */
const NOT_IN_TEXT: ReadonlySet<string> = new Set(["description", "tags", "silence"]);

/** The parts of a set's rules that their keys contain. */
export function inKeys(rules: unknown): unknown {
  if (!Array.isArray(rules)) return rules;
  return rules.map((rule: unknown) => (isPlain(rule) ? withoutThese(rule, NOT_IN_TEXT) : rule));
}

/** The names of the arguments that are secret or have secret parts; for a set's rules, `rules[3].cidrIpv4`. */
export function secretNames(args: UnknownRecord): Promise<string[] | undefined> | undefined {
  const named = Object.entries(args).flatMap(([name, value]): [string, unknown][] =>
    name === "rules" && Array.isArray(value) ? value.flatMap(namedParts) : [[name, value]],
  );
  const found = named.flatMap(([name, value]) => {
    const outputs = outputsIn(value);
    return outputs.length === 0 ? [] : [{ name, isSecret: areSecret(outputs) }];
  });
  if (found.length === 0) return undefined;
  return Promise.all(found.map(async ({ name, isSecret }) => ((await isSecret) ? [name] : []))).then(
    (names) => (names.flat().length === 0 ? undefined : names.flat()),
  );
}

function namedParts(rule: unknown, place: number): [string, unknown][] {
  if (!isPlain(rule)) return [[`rules[${place}]`, rule]];
  return Object.entries(rule).map(([name, value]) => [`rules[${place}].${name}`, value]);
}

async function areSecret(outputs: readonly pulumi.Output<unknown>[]): Promise<boolean> {
  return (await Promise.all(outputs.map((output) => pulumi.isSecret(output)))).includes(true);
}

function outputsIn(value: unknown): pulumi.Output<unknown>[] {
  if (pulumi.Output.isInstance(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(outputsIn);
  return isPlain(value) ? Object.values(value).flatMap(outputsIn) : [];
}

function isPlain(value: unknown): value is UnknownRecord {
  return isRecord(value) && !isLater(value) && !pulumi.Resource.isInstance(value);
}

function withoutThese(record: UnknownRecord, names: ReadonlySet<string>): UnknownRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}
