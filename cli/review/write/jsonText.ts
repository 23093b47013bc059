/** Characters that a terminal would interpret. JSON by itself escapes only some of them. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(UNPRINTABLE, unitsOf)}\n`;
}

function unitsOf(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
