import { commentLines } from "./comment";
import type { Commented, Expression, Property } from "./expression";
import { isAscii, propertyKey } from "./literal";

const WIDTH = 80;
const INDENT = "  ";

/** Where an expression stands in the text. */
interface Place {
  readonly indent: string;
  /** How many columns of its first line are taken. */
  readonly column: number;
  /** How many characters follow it on its last line. */
  readonly after: number;
}

/** An expression as Prettier's defaults lay it out. */
export function layout(expression: Expression, place: Place): string {
  const flat = flatText(expression);
  if (flat !== undefined && place.column + flat.length + place.after <= WIDTH) return flat;
  return expression.kind === "call" ? brokenCall(expression, place) : opened(expression, place.indent);
}

/** An expression that takes a line for each of its parts, even where it would fit on one. */
export function opened(expression: Expression, indent: string): string {
  switch (expression.kind) {
    case "atom":
      return expression.text;
    case "array":
      return inLines("[", expression.elements, "]", indent, ownLine);
    case "object":
      return inLines("{", expression.properties, "}", indent, propertyLine);
    case "call":
      return inLines(`${expression.callee}(`, expression.args, ")", indent, ownLine);
  }
}

/** In one line; undefined where it cannot be. */
export function flatText(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "atom":
      return expression.text;
    case "array": {
      const elements = isListOfRecords(expression.elements) ? undefined : flatList(expression.elements);
      return elements && `[${elements.join(", ")}]`;
    }
    case "object": {
      const { properties } = expression;
      const values = properties.some(isWide) ? undefined : flatList(properties.map(commentedValue));
      const texts =
        values && properties.map((property, place) => propertyText(property, values[place] ?? ""));
      return texts && (texts.length === 0 ? "{}" : `{ ${texts.join(", ")} }`);
    }
    case "call": {
      const args = flatList(expression.args);
      return args && `${expression.callee}(${args.join(", ")})`;
    }
  }
}

function commentedValue({ value, comment = [] }: Commented<Property>): Commented<Expression> {
  return { ...value, comment };
}

/** Whether a font decides how wide it is: Prettier leaves a record open that it finds so. */
function isWide({ key, value }: Property): boolean {
  return !isAscii(key) || (value.kind === "atom" && value.wide !== undefined);
}

function flatList(expressions: readonly Commented<Expression>[]): string[] | undefined {
  const texts: string[] = [];
  for (const expression of expressions) {
    const flat = (expression.comment ?? []).length > 0 ? undefined : flatText(expression);
    if (flat === undefined) return undefined;
    texts.push(flat);
  }
  return texts;
}

/** Prettier gives each a line of its own where there are several, and each has more than one property. */
function isListOfRecords(elements: readonly Expression[]): boolean {
  const isLong = (element: Expression) => element.kind === "object" && element.properties.length > 1;
  return elements.length > 1 && elements.every(isLong);
}

function ownLine(expression: Expression, indent: string): string {
  return layout(expression, { indent, column: indent.length, after: 1 });
}

function propertyLine(property: Property, indent: string): string {
  const { value } = property;
  if (value.kind === "atom" && isWide(property)) {
    const line = `${propertyKey(property.key, true)}: ${value.wide ?? value.text}`;
    if (indent.length + 2 * line.length + 1 <= WIDTH) return line;
  }
  if (isShort(property)) return property.key;
  const key = propertyKey(property.key);
  const column = indent.length + key.length + 2;
  const isTooLong = value.kind === "atom" && value.isText && column + value.text.length + 1 > WIDTH;
  // Behind a shorter name the next line would begin no further to the left.
  if (isTooLong && key.length > INDENT.length) return `${key}:\n${indent}${INDENT}${value.text}`;
  return `${key}: ${layout(value, { indent, column, after: 1 })}`;
}

function propertyText(property: Property, value: string): string {
  return isShort(property) ? property.key : `${propertyKey(property.key)}: ${value}`;
}

/** Whether it is given by what has its name. */
function isShort({ key, value }: Property): boolean {
  return value.kind === "atom" && !value.isText && value.text === key;
}

/** The last argument alone is opened where the others fit beside it; else each has its own line. */
function brokenCall(expression: Expression & { readonly kind: "call" }, { indent, column }: Place): string {
  const { callee, args } = expression;
  const [last, before] = [args.at(-1), flatList(args.slice(0, -1))];
  if (last !== undefined && before !== undefined && isOpenable(last, args.at(-2))) {
    const head = `${callee}(${before.map((arg) => `${arg}, `).join("")}`;
    if (column + head.length + 1 <= WIDTH) return `${head}${opened(last, indent)})`;
  }
  return opened(expression, indent);
}

function isOpenable(last: Expression, before: Expression | undefined): boolean {
  if (last.kind === "array") return last.elements.length > 0 && before?.kind !== "array";
  return last.kind === "object" && last.properties.length > 0 && before?.kind !== "object";
}

function inLines<T>(
  open: string,
  items: readonly Commented<T>[],
  close: string,
  indent: string,
  write: (item: T, indent: string) => string,
): string {
  const inner = indent + INDENT;
  const lines = items.flatMap((item) => [
    ...commentLines(item.comment ?? [], inner),
    `${inner}${write(item, inner)},`,
  ]);
  return [open, ...lines, `${indent}${close}`].join("\n");
}
