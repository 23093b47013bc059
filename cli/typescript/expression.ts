/** What the programs are made of that this package writes: as much of TypeScript as they need. */
export type Expression =
  /** A name, a number, a text: what is never broken. */
  | { readonly kind: "atom"; readonly text: string; readonly isText?: true; readonly wide?: string }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Expression[] }
  | { readonly kind: "array"; readonly elements: readonly Commented<Expression>[] }
  | { readonly kind: "object"; readonly properties: readonly Commented<Property>[] };

export interface Property {
  readonly key: string;
  readonly value: Expression;
}

/** With lines of comment above it. */
export type Commented<T> = T & { readonly comment?: readonly string[] };

/** A name or a number, as it is. */
export function atom(text: string | number | boolean): Expression {
  return { kind: "atom", text: String(text) };
}

/** `f(a, b)`, or `new F(a, b)`. */
export function call(callee: string, ...args: readonly Expression[]): Expression {
  return { kind: "call", callee, args };
}

/** A list. */
export function array(elements: readonly Commented<Expression>[]): Expression {
  return { kind: "array", elements };
}

/** A record, without the properties that are undefined. */
export function object(properties: { readonly [key: string]: Expression | undefined }): Expression {
  const given = Object.entries(properties).flatMap(([key, value]) => (value ? [{ key, value }] : []));
  return { kind: "object", properties: given };
}

/** What is one by itself, and a list where there are more. */
export function oneOrArray(elements: readonly Expression[]): Expression {
  const [one, ...others] = elements;
  return one !== undefined && others.length === 0 ? one : array(elements);
}
