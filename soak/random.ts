import fc from "fast-check";

/** Random choices, the same for the same seed. */
export interface Random {
  /** A number from `least` to `most`. */
  readonly integer: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  /** An element of a list that must not be empty. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** An element of a list; undefined if it is empty. */
  readonly any: <T>(list: readonly T[]) => T | undefined;
  readonly shuffled: <T>(list: readonly T[]) => T[];
  /** A value of an arbitrary, without the bias to small values that helps shrinking. */
  readonly of: <T>(arbitrary: fc.Arbitrary<T>) => T;
}

/** Each step has its own choices, so that one step does not change later ones. */
export function randomOf(seed: number, step: number): Random {
  const mixed = Math.imul(seed ^ Math.imul(step + 1, 0x9e3779b1), 0x85ebca6b);
  const [generator] = fc.sample(fc.gen(), { seed: mixed, numRuns: 1, unbiased: true });
  if (generator === undefined) throw new Error("fast-check made no generator");
  const of = <T>(arbitrary: fc.Arbitrary<T>): T => generator(() => arbitrary);
  const integer = (min: number, max: number) => of(fc.integer({ min, max }));
  return {
    of,
    integer,
    chance: (probability) => integer(0, 999) < probability * 1000,
    pick: (list) => of(fc.constantFrom(...list)),
    any: (list) => (list.length === 0 ? undefined : of(fc.constantFrom(...list))),
    shuffled: (list) => of(fc.shuffledSubarray([...list], { minLength: list.length })),
  };
}
