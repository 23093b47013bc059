const COLUMNS = 100;
const CHARACTER = { width: 7.8, height: 19, size: 13 };
const MARGIN = { side: 18, top: 52, bottom: 18 };

/** The style of a line, by its start. */
const LOOKS: readonly [begins: RegExp, look: string][] = [
  [/^\$ /, "prompt"],
  [/^\s*(error:|.*\d+ errors?$)/, "error"],
  [/^\s*\+/, "create"],
  [/^[A-Z][\w ]*(\(\w+\))?:$/, "heading"],
];

/** A terminal with these lines, as SVG: long lines wrap between words. */
export function terminalSvg(title: string, lines: readonly string[]): string {
  const rows = lines.flatMap((line) => {
    const look = LOOKS.find(([begins]) => begins.test(line))?.[1] ?? "plain";
    return wrapped(line).map((text) => ({ look, text }));
  });
  const width = Math.round(COLUMNS * CHARACTER.width + 2 * MARGIN.side);
  const height = MARGIN.top + rows.length * CHARACTER.height + MARGIN.bottom;
  const texts = rows.map(({ look, text }, place) => {
    const y = MARGIN.top + (place + 0.75) * CHARACTER.height;
    return `  <text x="${MARGIN.side}" y="${y}" class="${look}" xml:space="preserve">${escaped(text)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <style>`,
    `    text { font: ${CHARACTER.size}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6dbe5; white-space: pre }`,
    `    .prompt, .heading { font-weight: bold; fill: #ffffff } .error { fill: #ff7b72 } .create { fill: #7ee787 }`,
    `  </style>`,
    `  <rect width="${width}" height="${height}" rx="9" fill="#161b22"/>`,
    ...["#ff5f57", "#febc2e", "#28c840"].map(
      (color, place) => `  <circle cx="${22 + place * 20}" cy="22" r="6" fill="${color}"/>`,
    ),
    ...texts,
    "</svg>",
    "",
  ].join("\n");
}

/** Up to the end of a word; the rest starts at the line's indent. */
function wrapped(line: string): string[] {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const rows: string[] = [];
  let rest = line;
  while (rest.length > COLUMNS) {
    const space = rest.lastIndexOf(" ", COLUMNS);
    const end = space > indent.length ? space : COLUMNS;
    rows.push(rest.slice(0, end));
    rest = indent + rest.slice(end).trimStart();
  }
  return [...rows, rest];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
