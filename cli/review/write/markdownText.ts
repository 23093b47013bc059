import { lineOf } from "./line";

/**
 * What people wrote, as Markdown shows it and acts on none of it: every mark is a character reference, which Markdown
 * takes for text, and within `<code>` GitHub and GitLab make no mention, no link and no emoji of it.
 */
export function written(text: string, most?: number): string {
  const line = lineOf(text, most);
  return `<code>${escaped(line === "" ? " " : line)}</code>`;
}

/** The same for a sentence of a report in which such words stand. */
export function sentence(text: string, most = 600): string {
  return lineOf(text, most)
    .split(/("[^"]*")/)
    .map((part, at) => {
      if (at % 2 === 1) return written(part.slice(1, -1), most);
      // A name with quotes in it may end up here, and outside of code `@` and `#` would call somebody.
      return /[@#]/.test(part) ? written(part, most) : escaped(part);
    })
    .join("");
}

function escaped(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .,()/-]/gu, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}
