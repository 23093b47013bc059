import { printable } from "../../provider/rule/printable";
import type { Expression } from "./expression";

/** A string literal, with the quotes that Prettier would choose. */
export function text(value: string): Expression {
  return { kind: "atom", text: asciiLiteral(value), isText: true };
}

/**
 * Text in any language as the value of a property.
 *
 * Only a font knows how wide its letters are. If the layout depends on that, the text is written with escapes.
 */
export function wideText(value: string): Expression {
  const wide = literal(value);
  return { kind: "atom", text: asciiLiteral(value), isText: true, ...(!isAscii(wide) && { wide }) };
}

/** A property name, in quotes if it is not a simple name. */
export function propertyKey(key: string, isWide = false): string {
  // Without brackets, this would set the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return key;
  if (isAscii(key)) return literal(key);
  // Only Prettier knows which names in other languages need quotes.
  return `[${isWide ? literal(key) : asciiLiteral(key)}]`;
}

export function isAscii(value: string): boolean {
  return /^[\x20-\x7e]*$/.test(value);
}

/** Escapes characters that an editor would display as something else, so that the code does what it shows. */
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
