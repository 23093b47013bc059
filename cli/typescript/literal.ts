import { printable } from "../../provider/rule/printable";
import type { Expression } from "./expression";

/** A text as a literal, in the quotes that Prettier would choose. */
export function text(value: string): Expression {
  return { kind: "atom", text: asciiLiteral(value), isText: true };
}

/**
 * A text of any language as the value of a property.
 *
 * How wide its letters are only a font tells: where that decides about the layout, it is written with escapes.
 */
export function wideText(value: string): Expression {
  const wide = literal(value);
  return { kind: "atom", text: asciiLiteral(value), isText: true, ...(!isAscii(wide) && { wide }) };
}

/** The name of a property as it is written: in quotes where it is no simple name. */
export function propertyKey(key: string, isWide = false): string {
  // Written plainly it would be the prototype of the record.
  if (key === "__proto__") return '["__proto__"]';
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return key;
  if (isAscii(key)) return literal(key);
  // Of letters of other languages only Prettier knows which it leaves in quotes.
  return `[${isWide ? literal(key) : asciiLiteral(key)}]`;
}

export function isAscii(value: string): boolean {
  return /^[\x20-\x7e]*$/.test(value);
}

/** What an editor would show as something else is escaped, so that what runs is what is read. */
function literal(value: string): string {
  const quote = count(value, '"') > count(value, "'") ? "'" : '"';
  const escaped = value.replace(
    /[\\\n\r\t"']/g,
    (character) => ESCAPES[character] ?? escapedQuote(character, quote),
  );
  return `${quote}${printable(escaped)}${quote}`;
}

const ESCAPES: { readonly [character: string]: string } = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escapedQuote(character: string, quote: string): string {
  return character === quote ? `\\${character}` : character;
}

function asciiLiteral(value: string): string {
  return literal(value).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });
}

function count(value: string, character: string): number {
  return value.split(character).length - 1;
}
