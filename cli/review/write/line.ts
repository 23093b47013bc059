import { printable } from "../../../provider/rule/printable";

/** What people wrote, on one line and no longer than that: control characters, line breaks among them, are spelled out. */
export function lineOf(text: string, most = 160): string {
  const line = printable(text)
    .replace(/\n/g, "\\n")
    .replace(/[\u{200c}\u{200d}]/gu, "");
  const letters = [...line];
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join("")}…`;
}
