/** The part of TypeScript's syntax that generated programs need. */
export type Expression =
  /** A name, number or text. It always stays on one line. */
  | { readonly kind: "atom"; readonly text: string; readonly isText?: true; readonly wide?: string }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Expression[] }
  | { readonly kind: "array"; readonly elements: readonly Commented<Expression>[] }
  | { readonly kind: "object"; readonly properties: readonly Commented<Property>[] };

export interface Property {
  readonly key: string;
  readonly value: Expression;
}

/** Something with a comment above it. */
export type Commented<T> = T & { readonly comment?: readonly string[] };

export function atom(text: string | number | boolean): Expression {
  return { kind: "atom", text: String(text) };
}

/** `f(a, b)`, or `new F(a, b)`. */
export function call(callee: string, ...args: readonly Expression[]): Expression {
  return { kind: "call", callee, args };
}

export function array(elements: readonly Commented<Expression>[]): Expression {
  return { kind: "array", elements };
}

/** An object without its undefined properties. */
export function object(properties: { readonly [key: string]: Expression | undefined }): Expression {
  const given = Object.entries(properties).flatMap(([key, value]) => (value ? [{ key, value }] : []));
  return { kind: "object", properties: given };
}

/** The element itself if there is only one, or else a list. */
export function oneOrArray(elements: readonly Expression[]): Expression {
  const [one, ...others] = elements;
  return one !== undefined && others.length === 0 ? one : array(elements);
}
