import type { Because } from "../../program/model";
import type { GroupReview } from "../groupReview";
import type { Piece } from "../piece";
import { sentence, written } from "./markdownText";
import { Page } from "./page";
import { counted, groupName, quotaText, sourceText, verdictText } from "./words";

/** A longer table is collapsed. */
const OPEN_ROWS = 10;
/** Space reserved for the end of a table and for the number of omitted rows. */
const TAIL = 400;

/** The section on one group, within the available space. */
export function markdownGroup(group: GroupReview, room: number): string {
  const page = new Page(room - TAIL);
  page.add(`### ${written(groupName(group), 120)}: ${verdictText(group.verdict)}`, "");
  const findings = group.findings.map(
    ({ id, severity, message, why }) => `- **${severity}** \`${id}\`: ${sentence(message)} *${why}*`,
  );
  const findingsLeft = page.addSome(findings, 20);
  const rowsLeft = addTable(page, group);
  const tail = [
    ...leftText(findingsLeft, "finding"),
    ...leftText(rowsLeft, "row"),
    `Rules used: ${quotaText(group)}.`,
  ];
  return `${page}${tail.join("\n")}\n`;
}

function leftText(count: number, what: string): string[] {
  return count === 0 ? [] : [`*${counted(count, what)} more: \`--format json\` lists all of them.*`, ""];
}

function addTable(page: Page, { opens, closes, isCloseSure, findings }: GroupReview): number {
  const count = opens.length + closes.length;
  if (count === 0) return 0;
  const isFolded = count > OPEN_ROWS;
  const fold = `<details><summary>${opens.length} open, ${closes.length} close</summary>`;
  const head = [
    ...(findings.length > 0 ? [""] : []),
    ...(isFolded ? [fold, ""] : []),
    "| | reach | resource |",
    "| --- | --- | --- |",
  ];
  if (!page.add(...head)) return count;
  const left = page.addSome(rowsOf(opens, closes, isCloseSure));
  page.close(...(isFolded ? ["", "</details>", ""] : [""]));
  return left;
}

function* rowsOf(opens: readonly Piece[], closes: readonly Piece[], isCloseSure: boolean): Iterable<string> {
  for (const piece of opens) yield rowOf("**opens**", piece);
  for (const piece of closes) yield rowOf(isCloseSure ? "closes" : "may close", piece);
}

function rowOf(what: string, { text, because }: Piece): string {
  const shown = because.slice(0, 3).map(becauseText);
  const rest = because.length - shown.length;
  return `| ${what} | ${written(text, 200)} | ${shown.join("<br>")}${rest > 0 ? `<br>and ${rest} more` : ""} |`;
}

function becauseText(because: Because): string {
  const source = sourceText(because);
  return [
    written(because.resource, 80),
    ...(because.reason === undefined ? [] : [written(because.reason, 120)]),
    ...(source === undefined ? [] : [written(source, 100)]),
  ].join(" ");
}
