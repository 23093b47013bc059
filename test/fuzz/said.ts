import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { isRecord } from "../../provider/rule/record";

/** An argument as a program may give it, made anew for each run, and whether it has to be refused. */
export interface Said<Means = unknown> {
  readonly make: () => unknown;
  readonly isGood: boolean;
  /** What it comes to, where it is good; undefined where that is not known in a preview. */
  readonly means?: Means | undefined;
  /** The names of what is wrong in it, where these are other than its own. */
  readonly wrong?: readonly string[];
  /** Whether it is known only after a preview. */
  readonly isUnknown?: true;
}

/** One of these values, as it is. */
export function good(...values: readonly unknown[]): fc.Arbitrary<Said> {
  return fc.constantFrom(...values).map((value) => ({ make: () => value, isGood: true }));
}

/** One of these, each of which is to be refused. */
export function bad(...values: readonly unknown[]): fc.Arbitrary<Said<never>> {
  return fc.constantFrom(...values).map((value) => ({ make: () => value, isGood: false }));
}

/** Mostly good ones, so that a whole record of them is so often enough. */
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

/** The same as an Output, a secret, a Promise, or not known before `up`: then nothing is wrong with it yet. */
export function later<Means>(said: fc.Arbitrary<Said<Means>>): fc.Arbitrary<Said<Means>> {
  return fc.oneof(
    said.chain((one) => fc.constantFrom(...LATER).map((wrap) => ({ ...one, make: () => wrap(one.make()) }))),
    fc.constant({ make: () => pulumi.output(pulumi.unknown), isGood: true, isUnknown: true }),
  );
}

export function nowOrLater<Means>(said: fc.Arbitrary<Said<Means>>): fc.Arbitrary<Said<Means>> {
  return fc.oneof({ weight: 2, arbitrary: said }, { weight: 1, arbitrary: later(said) });
}

/** A value of a counterexample, in which what is told later is not printed at length. */
export function shown(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "<Output>";
  if (pulumi.Resource.isInstance(value)) return "<resource>";
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (!isRecord(value) || value instanceof Promise) return fc.stringify(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}: ${shown(part)}`)
    .join(", ")}}`;
}
