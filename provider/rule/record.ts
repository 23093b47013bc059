/** Plain data with named parts, as it comes over the wire: what the parts are is not yet known. */
export type UnknownRecord = { readonly [name: string]: unknown };

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether an argument was given at all: Pulumi programs say "not given" by `undefined` and by `null`. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The parts of `T` that may be undefined, made optional. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy without the parts that are `undefined`: Pulumi's engine fails on them, after the call was made. */
export function withoutUndefined<T extends object>(record: T): Given<T> {
  const copy = { ...record };
  for (const name of Object.keys(copy)) {
    if (Reflect.get(copy, name) === undefined) Reflect.deleteProperty(copy, name);
  }
  return copy as Given<T>;
}
