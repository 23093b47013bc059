/**
 * What a terminal would not show but act on, or what would show as something else: control characters, escapes among
 * them, marks that turn the direction of text, what is invisible, and half a surrogate pair.
 */
const UNPRINTABLE = /(?![\n\u{200c}\u{200d}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text that may be of anybody's making, for people to read: as it is, but for what is not to be printed. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });
}

export function isPrintable(text: string): boolean {
  return printable(text) === text;
}
