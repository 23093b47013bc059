/** A record from the wire, with values of unknown types. */
export type UnknownRecord = { readonly [name: string]: unknown };

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether an argument is given: Pulumi programs omit arguments with `undefined` and `null` alike. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Makes the properties of `T` that may be undefined optional. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Copies a record without `undefined` values: Pulumi's engine fails on those, after the call has been made. */
export function withoutUndefined<T extends object>(record: T): Given<T> {
  const copy = { ...record };
  for (const name of Object.keys(copy)) {
    if (Reflect.get(copy, name) === undefined) Reflect.deleteProperty(copy, name);
  }
  return copy as Given<T>;
}
