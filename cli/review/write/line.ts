import { printable } from "../../../provider/rule/printable";

/** Text from users on a single line of limited length. Control characters and line breaks become escapes. */
export function lineOf(text: string, most = 160): string {
  const line = printable(text)
    .replace(/\n/g, "\\n")
    .replace(/[\u{200c}\u{200d}]/gu, "");
  const letters = [...line];
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join("")}…`;
}
