import type { Because } from "../../program/model";
import { nameOf } from "../../program/urn";
import { SEVERITIES } from "../findings";
import type { GroupReview } from "../groupReview";
import type { Review } from "../review";
import { isNarrowing, isWidening, type Verdict } from "../verdict";
import { lineOf } from "./line";

const SAID: { readonly [V in Verdict]: string } = {
  widens: "widens",
  narrows: "narrows",
  "widens and narrows": "widens and narrows",
  "no change": "no change in reach",
  unknown: "unknown",
};

export function verdictText(verdict: Verdict): string {
  return SAID[verdict];
}

/** The verdict on the program, in a few words. */
export function headlineOf({ verdict, gaps }: Review): string {
  if (verdict === "no change") {
    return gaps.length === 0 ? "No change in reach" : "No change in reach, as far as the review can tell";
  }
  if (verdict === "unknown") return "It is unknown what this change opens";
  return `This change ${verdict} what may leave`;
}

/** How many groups, pieces and findings there are, in one line. */
export function summaryOf({ groups }: Review): string {
  const pieces = (of: "opens" | "closes") => groups.reduce((sum, group) => sum + group[of].length, 0);
  const [opens, closes] = [pieces("opens"), pieces("closes")];
  const unknown = groups.filter(({ verdict }) => verdict === "unknown").length;
  const changed = groups.filter(({ verdict }) => verdict !== "no change" && verdict !== "unknown").length;
  return [
    changed === 0
      ? `${counted(groups.length, "group")} reviewed`
      : `${changed} of ${counted(groups.length, "group")}`,
    ...(opens > 0 ? [`${counted(opens, "piece")} of reach ${opens === 1 ? "opens" : "open"}`] : []),
    ...(closes > 0 ? [`${counted(closes, "piece")} of reach ${closes === 1 ? "closes" : "close"}`] : []),
    ...(unknown > 0 ? [`${counted(unknown, "group")} unknown`] : []),
    ...findingsText(groups),
  ].join(", ");
}

function findingsText(groups: readonly GroupReview[]): string[] {
  const all = groups.flatMap(({ findings }) => findings);
  if (all.length === 0) return [];
  const high = all.filter(({ severity }) => severity === "high").length;
  return [`${counted(all.length, "finding")}${high > 0 ? ` (${high} high)` : ""}`];
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

/** The group, with its name in the program. */
export function groupName({ group, urn }: Pick<GroupReview, "group" | "urn">): string {
  const name = urn === undefined ? "" : nameOf(urn);
  return name === "" || name === group ? lineOf(group, 80) : lineOf(`${name} (${group})`, 120);
}

/** `index.ts:4`, or undefined if the line is unknown. */
export function sourceText({ source }: Because): string | undefined {
  return source === undefined ? undefined : `${source.file}:${source.line}`;
}

/** Groups to check, those that open something first; then groups whose rules change but not their reach. */
export function inOrder(groups: readonly GroupReview[]): {
  readonly changed: GroupReview[];
  readonly same: GroupReview[];
  readonly untouched: number;
} {
  const rank = ({ verdict }: GroupReview) =>
    isWidening(verdict) ? 0 : verdict === "unknown" ? 1 : isNarrowing(verdict) ? 2 : 3;
  const worst = ({ findings }: GroupReview) =>
    findings[0] === undefined ? SEVERITIES.length : SEVERITIES.indexOf(findings[0].severity);
  const needsLook = (group: GroupReview) => group.verdict !== "no change" || group.findings.length > 0;
  const rest = groups.filter((group) => !needsLook(group));
  return {
    changed: groups
      .filter(needsLook)
      .sort((one, other) => rank(one) - rank(other) || worst(one) - worst(other)),
    same: rest.filter(({ isTouched }) => isTouched),
    untouched: rest.filter(({ isTouched }) => !isTouched).length,
  };
}

/** `IPv4 12 of 60 (before 10), IPv6 0 of 60`. */
export function quotaText({ quota }: GroupReview): string {
  const one = (name: string, { before, after, allowed }: GroupReview["quota"]["ipv4"]) =>
    `${name} ${after} of ${allowed}${before === after ? "" : ` (before ${before})`}`;
  const least = quota.isAtLeast
    ? " or more: a prefix list uses as many rules as it has entries, and unknown rules are not counted"
    : "";
  return `${one("IPv4", quota.ipv4)}, ${one("IPv6", quota.ipv6)}${least}`;
}
