import { commentLines } from "./comment";
import type { Commented, Expression, Property } from "./expression";
import { isAscii, propertyKey } from "./literal";

const WIDTH = 80;
const INDENT = "  ";

/** The position of an expression in the text. */
interface Place {
  readonly indent: string;
  /** The number of columns before it on its first line. */
  readonly column: number;
  /** The number of characters after it on its last line. */
  readonly after: number;
}

/** Formats an expression as Prettier's defaults would. */
export function layout(expression: Expression, place: Place): string {
  const flat = flatText(expression);
  if (flat !== undefined && place.column + flat.length + place.after <= WIDTH) return flat;
  return expression.kind === "call" ? brokenCall(expression, place) : opened(expression, place.indent);
}

/** Formats an expression with each part on its own line, even if it fits on one. */
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

/** The expression on one line; undefined if it requires several. */
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

/** Whether the width depends on the font. If so, the object is expanded, because Prettier then keeps it that way. */
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

/** Prettier expands a list of several objects that each have more than one property. */
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
  // After a shorter name, a line break would not move the value to the left.
  if (isTooLong && key.length > INDENT.length) return `${key}:\n${indent}${INDENT}${value.text}`;
  return `${key}: ${layout(value, { indent, column, after: 1 })}`;
}

function propertyText(property: Property, value: string): string {
  return isShort(property) ? property.key : `${propertyKey(property.key)}: ${value}`;
}

/** Whether the shorthand applies: `{ name }`. */
function isShort({ key, value }: Property): boolean {
  return value.kind === "atom" && !value.isText && value.text === key;
}

/** Expands only the last argument if the others fit on its line. Otherwise, each argument has its own line. */
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
