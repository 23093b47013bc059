import type { Review } from "../review";
import { markdownGroup } from "./markdownGroup";
import { sentence, written } from "./markdownText";
import { mermaid } from "./mermaid";
import { Page } from "./page";
import { counted, groupName, headlineOf, inOrder, summaryOf } from "./words";

/** GitHub accepts 65,536 characters in a comment. */
const MOST = 60_000;
/** Limits each group, so that one does not crowd out the others. */
const MOST_OF_GROUP = 15_000;
const MOST_OF_PICTURE = 15_000;
/** Space reserved for the last lines. */
const TAIL = 1_000;

/** Pipelines find the comment to update by this mark. */
export const MARK = "<!-- pulumi-aws-egress review -->";

/** The review as a comment on a pull request: a summary in one line, then the details. */
export function markdown(review: Review): string {
  const page = new Page(MOST - TAIL);
  const { changed, same, untouched } = inOrder(review.groups);
  page.add(`**${headlineOf(review)}**: ${summaryOf(review)}.`, "");
  addGaps(page, review.gaps);
  addPicture(page, mermaid(changed, MOST_OF_PICTURE));

  let left = 0;
  for (const group of changed) {
    const room = Math.min(page.left, MOST_OF_GROUP);
    if (room < 2_000 || !page.add(markdownGroup(group, room - 1))) left++;
  }
  if (left > 0) page.close(`*${counted(left, "group")} more: \`--format json\` lists all of them.*`, "");
  const names = same.slice(0, 20).map((group) => written(groupName(group), 60));
  const more = same.length > 20 ? ` and ${same.length - 20} more` : "";
  if (same.length > 0) {
    const line = `**No change in reach**, although rules change, in ${names.join(", ")}${more}.`;
    const short = `**No change in reach**, although rules change, in ${counted(same.length, "group")}.`;
    if (!page.add(line, "")) page.close(short, "");
  }
  if (untouched > 0) page.close(`${counted(untouched, "group")} unchanged.`, "");
  page.close(MARK);
  return page.toString();
}

function addGaps(page: Page, gaps: readonly string[]): void {
  for (const gap of gaps.slice(0, 10)) page.add(`> **Not reviewed**: ${sentence(gap, 400)}`, "");
  if (gaps.length > 10) page.add(`> and ${gaps.length - 10} more that could not be reviewed`, "");
}

function addPicture(page: Page, picture: string | undefined): void {
  if (picture === undefined) return;
  page.add("```mermaid", picture, "```", "", "Thick orange lines open; dotted blue lines close.", "");
}
