import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { isRecord } from "../../provider/rule/record";

/** An argument as a program may pass it, created anew for each run, and whether it must be refused. */
export interface Said<Means = unknown> {
  readonly make: () => unknown;
  readonly isGood: boolean;
  /** Its value if valid; undefined if a preview does not know it. */
  readonly means?: Means | undefined;
  /** The names of its invalid parts, if they differ from its own. */
  readonly wrong?: readonly string[];
  /** Whether it is known only after a preview. */
  readonly isUnknown?: true;
}

/** One of these values, unchanged. */
export function good(...values: readonly unknown[]): fc.Arbitrary<Said> {
  return fc.constantFrom(...values).map((value) => ({ make: () => value, isGood: true }));
}

/** One of these invalid values. */
export function bad(...values: readonly unknown[]): fc.Arbitrary<Said<never>> {
  return fc.constantFrom(...values).map((value) => ({ make: () => value, isGood: false }));
}

/** Mostly valid values, so that whole records of them are valid often enough. */
export function mostly<Means>(
  ones: fc.Arbitrary<Said<Means>>,
  others: fc.Arbitrary<Said<Means>>,
): fc.Arbitrary<Said<Means>> {
  return fc.oneof({ weight: 14, arbitrary: ones }, { weight: 1, arbitrary: others });
}

const LATER: readonly ((value: unknown) => unknown)[] = [
  (value) => pulumi.output(value),
  (value) => pulumi.secret(value),
  (value) => Promise.resolve(value),
];

/** The same as an Output, a secret, a Promise, or unknown before `up`: then it is not yet wrong. */
export function later<Means>(said: fc.Arbitrary<Said<Means>>): fc.Arbitrary<Said<Means>> {
  return fc.oneof(
    said.chain((one) => fc.constantFrom(...LATER).map((wrap) => ({ ...one, make: () => wrap(one.make()) }))),
    fc.constant({ make: () => pulumi.output(pulumi.unknown), isGood: true, isUnknown: true }),
  );
}

export function nowOrLater<Means>(said: fc.Arbitrary<Said<Means>>): fc.Arbitrary<Said<Means>> {
  return fc.oneof({ weight: 2, arbitrary: said }, { weight: 1, arbitrary: later(said) });
}

/** Prints a value of a counterexample, without the internals of late values. */
export function shown(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "<Output>";
  if (pulumi.Resource.isInstance(value)) return "<resource>";
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (!isRecord(value) || value instanceof Promise) return fc.stringify(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}: ${shown(part)}`)
    .join(", ")}}`;
}
