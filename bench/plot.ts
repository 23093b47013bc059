/** A line of a chart. */
export interface Line {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const WIDTH = 760;
const HEIGHT = 420;
const AREA = { left: 60, right: 20, top: 92, bottom: 52 };
const LEGEND_COLUMN = 230;

/** A line chart as SVG, with its own background, so that it works on light and dark pages. */
export function lineChart({ title, x, y, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points);
  const xTicks = ticks(Math.max(...points.map((point) => point.x)));
  const yTicks = ticks(Math.max(...points.map((point) => point.y)));
  const across = scale(xTicks, AREA.left, WIDTH - AREA.right);
  const up = scale(yTicks, HEIGHT - AREA.bottom, AREA.top);
  const [left, bottom] = [AREA.left, HEIGHT - AREA.bottom];
  const grid = yTicks.map(
    (tick) =>
      `<path class="grid" d="M${left} ${up(tick)}H${WIDTH - AREA.right}"/>` +
      text(left - 8, up(tick) + 4, `${tick}`, "end"),
  );
  const below = xTicks.map((tick) => text(across(tick), bottom + 18, `${tick}`, "middle"));
  const drawn = lines.map(({ points }, place) => {
    const corners = points.map((point) => `${across(point.x)} ${up(point.y)}`);
    const dots = points.map((point) => `<circle cx="${across(point.x)}" cy="${up(point.y)}" r="3.5"/>`);
    return `<g class="line${place}"><path d="M${corners.join("L")}"/>${dots.join("")}</g>`;
  });
  const legend = lines.map(({ name }, place) => {
    const [atX, atY] = [left + (place % 3) * LEGEND_COLUMN, 48 + Math.floor(place / 3) * 20];
    const sample = `<g class="line${place}"><path d="M${atX} ${atY}h22"/><circle cx="${atX + 11}" cy="${atY}" r="3.5"/></g>`;
    return sample + text(atX + 30, atY + 4, name, "start");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style()}</style>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    `<text class="title" x="${left}" y="24">${escaped(title)}</text>`,
    ...legend,
    ...grid,
    ...below,
    text((left + WIDTH - AREA.right) / 2, HEIGHT - 12, x, "middle"),
    `<text transform="translate(16 ${(AREA.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

/** Distinguishable by color-blind people; the second of each for a dark page. */
const COLOURS = [
  ["#0072b2", "#56b4e9"],
  ["#009e73", "#2fd3a2"],
  ["#7a5195", "#c49ae0"],
  ["#d55e00", "#ff8f3f"],
  ["#7f7f7f", "#b8b8b8"],
] as const;

function style(): string {
  const lineStyles = (place: 0 | 1) =>
    COLOURS.map((pair, line) => `.line${line}{stroke:${pair[place]};fill:${pair[place]}}`).join("");
  return [
    "text{font:13px system-ui,sans-serif;fill:#333}.title{font-size:16px;font-weight:600}rect{fill:#fff}",
    "path{fill:none;stroke-width:2.2}.grid{stroke:#ddd;stroke-width:1}",
    lineStyles(0),
    `@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#161b22}.grid{stroke:#30363d}${lineStyles(1)}}`,
  ].join("");
}

function text(x: number, y: number, content: string, anchor: "start" | "middle" | "end"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

/** From zero to the first round number above the maximum. */
function ticks(greatest: number): number[] {
  const rough = greatest / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  return Array.from({ length: Math.ceil(greatest / step) + 1 }, (_, place) => place * step);
}

function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const greatest = ticks.at(-1) ?? 1;
  return (value) => Math.round((from + (value / greatest) * (to - from)) * 10) / 10;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
