import type { GroupReview } from "../groupReview";
import type { Piece } from "../piece";
import { trafficText } from "../traffic";
import { lineOf } from "./line";
import { counted, groupName } from "./words";

/** More edges than the first limit are unreadable. The lower limits are for long names. */
const MOST_EDGES = [40, 20, 10, 5];

/**
 * A flowchart: what opens is thick and orange, what closes is dotted and blue. Undefined if nothing opens or closes.
 *
 * One edge is all that one group opens or closes to one destination. Excess edges are folded by destination; those that
 * still do not fit are only counted.
 */
export function mermaid(groups: readonly GroupReview[], room: number): string | undefined {
  const edges = groups.flatMap(edgesOf);
  const names = new Map(groups.map((group) => [group.group, groupName(group)]));
  if (edges.length === 0) return undefined;
  return MOST_EDGES.map((most) => chartOf(...fittedTo(most, edges), names)).find(
    (chart) => chart.length <= room,
  );
}

/** Selects the edges to draw, a fifth of them folded if there are too many, and counts the pieces that are omitted. */
function fittedTo(most: number, edges: readonly Edge[]): [edges: Edge[], rest: number] {
  if (edges.length <= most) return [[...edges], 0];
  const kept = Math.floor((most * 4) / 5);
  const folded = foldedOf(edges.slice(kept));
  const shown = folded.slice(0, most - kept);
  const rest = folded.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return [[...edges.slice(0, kept), ...shown], rest];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly opens: boolean;
  /** The number of pieces that the edge represents. */
  readonly count: number;
}

function edgesOf(group: GroupReview): Edge[] {
  const edge = (opens: boolean) => (pieces: Piece[], to: string) => ({
    from: group.group,
    to,
    label: labelOf(pieces),
    opens,
    count: pieces.length,
  });
  return [...byDestination(group.opens, edge(true)), ...byDestination(group.closes, edge(false))];
}

function byDestination(pieces: readonly Piece[], edge: (pieces: Piece[], to: string) => Edge): Edge[] {
  const places = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const found = places.get(piece.destination);
    if (found === undefined) places.set(piece.destination, [piece]);
    else found.push(piece);
  }
  return [...places].map(([to, found]) => edge(found, to));
}

function labelOf(pieces: readonly Piece[]): string {
  const shown = pieces.slice(0, 3).map(trafficText).join(", ");
  return pieces.length > 3 ? `${shown} and ${pieces.length - 3} more` : shown;
}

function foldedOf(edges: readonly Edge[]): Edge[] {
  const folds = new Map<string, { edge: Edge; count: number; from: Set<string> }>();
  for (const edge of edges) {
    const key = `${edge.opens} ${edge.to}`;
    const fold = folds.get(key) ?? { edge, count: 0, from: new Set() };
    folds.set(key, fold);
    fold.count += edge.count;
    fold.from.add(edge.from);
  }
  return [...folds.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ edge, count, from }) =>
      // A fold of a single group would save nothing.
      from.size === 1
        ? edge
        : {
            ...edge,
            from: "more groups",
            label: `${counted(count, "piece")} of ${counted(from.size, "group")}`,
            count,
          },
    );
}

function chartOf(edges: readonly Edge[], rest: number, names: ReadonlyMap<string, string>): string {
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  const node = (name: string, shape: (label: string) => string) => {
    const found = ids.get(name);
    if (found !== undefined) return found;
    const id = `n${ids.size}`;
    ids.set(name, id);
    nodes.push(`  ${id}${shape(quoted(names.get(name) ?? name, 60))}`);
    return id;
  };
  const lines = edges.map(({ from, to, label, opens }) => {
    const [source, target] = [node(from, (text) => `[${text}]`), node(to, (text) => `([${text}])`)];
    const text = quoted(label, 90);
    return opens ? `  ${source} == ${text} ==> ${target}` : `  ${source} -. ${text} .-> ${target}`;
  });
  const styled = (opens: boolean, style: string) => {
    const places = edges.flatMap((edge, at) => (edge.opens === opens ? [at] : []));
    return places.length === 0 ? [] : [`  linkStyle ${places.join(",")} ${style}`];
  };
  return [
    "flowchart LR",
    ...nodes,
    ...lines,
    ...(rest > 0 ? [`  more[${quoted(`and ${counted(rest, "piece")} more`, 60)}]`] : []),
    ...styled(true, "stroke:#d4622a,stroke-width:3px"),
    ...styled(false, "stroke:#3b82c4,stroke-width:2px"),
  ].join("\n");
}

/** Text that a flowchart displays and does not interpret: every punctuation mark becomes its character code. */
function quoted(text: string, most: number): string {
  const line = lineOf(text, most);
  return `"${line === "" ? " " : line.replace(/[^\p{L}\p{N} .,/-]/gu, (mark) => `#${mark.codePointAt(0)};`)}"`;
}
