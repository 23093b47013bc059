/**
 * Characters that a terminal would act on or show as something else: control characters including escapes, marks that
 * change the direction of text, invisible characters, and unpaired surrogates.
 */
const UNPRINTABLE = /(?![\n\u{200c}\u{200d}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Makes a text from any source safe to print, by replacing only such characters. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });
}

export function isPrintable(text: string): boolean {
  return printable(text) === text;
}
