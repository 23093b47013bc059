import { printable } from "../../provider/rule/printable";

const WIDTH = 80;

/** Formats lines as a comment, and wraps long ones. Nothing in the lines can end the comment. */
export function commentLines(lines: readonly string[], indent = ""): string[] {
  const width = WIDTH - indent.length - "// ".length;
  return lines
    .flatMap((line) => line.split("\n"))
    .flatMap((line) => wrapped(printable(line), width))
    .map((line) => `${indent}// ${line}`.trimEnd());
}

function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line.trimEnd();
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > rest.search(/\S/) ? space : rest.indexOf(" ", width);
    if (end === -1) break;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end + 1);
  }
  return [...lines, rest];
}
