import type { Because } from "../../program/model";
import type { Severity } from "../findings";
import type { GroupReview } from "../groupReview";
import type { Piece } from "../piece";
import type { Review } from "../review";
import { isNarrowing, isWidening, type Verdict } from "../verdict";
import { lineOf } from "./line";
import {
  counted,
  groupName,
  headlineOf,
  inOrder,
  quotaText,
  sourceText,
  summaryOf,
  verdictText,
} from "./words";

/** SGR codes that turn each color on and off. */
const COLOURS = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};
type Colour = keyof typeof COLOURS;
type Paint = (colour: Colour, text: string) => string;

const SEVERITY_COLOURS: { readonly [S in Severity]: Colour } = {
  high: "red",
  medium: "yellow",
  low: "cyan",
  info: "dim",
};

export function text(review: Review, colours: boolean): string {
  const paint: Paint = colours ? painted : (_, plain) => plain;
  const { changed, same, untouched } = inOrder(review.groups);
  const lines = [
    `${paint(verdictColour(review.verdict), paint("bold", headlineOf(review)))}: ${summaryOf(review)}.`,
    ...review.gaps.map((gap) => paint("yellow", `Not reviewed: ${lineOf(gap, 400)}`)),
    ...changed.flatMap((group) => ["", ...groupLines(group, paint)]),
    ...(same.length > 0
      ? ["", `No change in reach, although rules change: ${same.map(groupName).join(", ")}.`]
      : []),
    ...(untouched > 0 ? ["", paint("dim", `${counted(untouched, "group")} unchanged.`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function groupLines(group: GroupReview, paint: Paint): string[] {
  return [
    `${paint("bold", groupName(group))}: ${paint(verdictColour(group.verdict), verdictText(group.verdict))}`,
    ...group.opens.flatMap((piece) => pieceLines(paint("red", "+"), piece, paint)),
    ...group.closes.flatMap((piece) =>
      pieceLines(paint("green", group.isCloseSure ? "-" : "- perhaps"), piece, paint),
    ),
    ...group.findings.map(
      ({ id, severity, message }) =>
        `  ${paint(SEVERITY_COLOURS[severity], severity)} ${id}: ${lineOf(message, 600)}`,
    ),
    `  rules used: ${quotaText(group)}`,
  ];
}

function pieceLines(mark: string, piece: Piece, paint: Paint): string[] {
  const shown = piece.because.slice(0, 5).map((because) => paint("dim", `      ${becauseText(because)}`));
  const rest = piece.because.length - shown.length;
  return [
    `  ${mark} ${lineOf(piece.text, 600)}`,
    ...shown,
    ...(rest > 0 ? [paint("dim", `      and ${rest} more`)] : []),
  ];
}

function becauseText(because: Because): string {
  const source = sourceText(because);
  return [
    lineOf(because.resource),
    ...(because.reason === undefined ? [] : [`"${lineOf(because.reason, 300)}"`]),
    ...(source === undefined ? [] : [lineOf(source)]),
  ].join(", ");
}

function verdictColour(verdict: Verdict): Colour {
  if (isWidening(verdict)) return "red";
  if (verdict === "unknown") return "yellow";
  return isNarrowing(verdict) ? "cyan" : "green";
}

function painted(colour: Colour, plain: string): string {
  const [on, off] = COLOURS[colour];
  return `\u001b[${on}m${plain}\u001b[${off}m`;
}
