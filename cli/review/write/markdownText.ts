import { lineOf } from "./line";

/**
 * Text from users, so that Markdown displays it and interprets none of it. Every punctuation mark becomes a character
 * reference. Inside `<code>`, GitHub and GitLab create no mentions, links or emoji.
 */
export function written(text: string, most?: number): string {
  const line = lineOf(text, most);
  return `<code>${escaped(line === "" ? " " : line)}</code>`;
}

/** The same for a sentence that quotes such text. */
export function sentence(text: string, most = 600): string {
  return lineOf(text, most)
    .split(/("[^"]*")/)
    .map((part, at) => {
      if (at % 2 === 1) return written(part.slice(1, -1), most);
      // A name may contain quotes and end up here. Outside of code, `@` and `#` would notify people or create links.
      return /[@#]/.test(part) ? written(part, most) : escaped(part);
    })
    .join("");
}

function escaped(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .,()/-]/gu, (mark) => `&#${mark.codePointAt(0)};`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}
