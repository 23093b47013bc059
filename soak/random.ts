import fc from "fast-check";

/** What is chosen at random, each time the same for the same seed. */
export interface Random {
  /** One of them from `least` to `most`. */
  readonly integer: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of a list that must not be empty. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** One of a list; undefined where it is empty. */
  readonly any: <T>(list: readonly T[]) => T | undefined;
  readonly shuffled: <T>(list: readonly T[]) => T[];
  /** A value of an arbitrary, without the bias to small ones that helps where a failure is to be made small. */
  readonly of: <T>(arbitrary: fc.Arbitrary<T>) => T;
}

/** Steps choose apart from each other, so that what one of them asks for does not change those after it. */
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
