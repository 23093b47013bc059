import { InputError } from "../program/inputError";
import { KINDS, SEVERITIES } from "./findings";
import type { GroupReview } from "./groupReview";
import type { Review } from "./review";
import { isNarrowing, isWidening } from "./verdict";
import { lineOf } from "./write/line";
import { groupName } from "./write/words";

/** The conditions that can stop a pipeline, each with a test of one group. */
const CONDITIONS: ReadonlyMap<string, (group: GroupReview) => boolean> = new Map([
  ["widens", ({ verdict }: GroupReview) => isWidening(verdict)],
  ["narrows", ({ verdict }: GroupReview) => isNarrowing(verdict)],
  ["unknown", ({ verdict }: GroupReview) => verdict === "unknown"],
  ...SEVERITIES.map(
    (severity) =>
      [
        severity,
        ({ findings }: GroupReview) => findings.some((finding) => finding.severity === severity),
      ] as const,
  ),
  ...KINDS.map(
    ({ id }) => [id, ({ findings }: GroupReview) => findings.some((finding) => finding.id === id)] as const,
  ),
]);

/** Parses a comma-separated list of conditions, and fails on an unknown one. */
export function parseFailOn(text: string): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  for (const name of names) {
    if (CONDITIONS.has(name)) continue;
    throw new InputError(`--fail-on: "${name}" is not one of ${[...CONDITIONS.keys()].join(", ")}`);
  }
  if (names.length === 0)
    throw new InputError(
      "--fail-on: the list is empty: specify one or more conditions, such as widens,anywhere",
    );
  return names;
}

/** The conditions that are true of the review, in sentences. */
export function failuresOf({ groups, gaps }: Review, conditions: readonly string[]): string[] {
  return conditions.flatMap((condition) => {
    const [gap] = gaps;
    if (condition === "unknown" && gap !== undefined) return [`--fail-on unknown: ${lineOf(gap, 400)}`];
    const hits = groups.filter((group) => CONDITIONS.get(condition)?.(group));
    if (hits.length === 0) return [];
    const names = hits.slice(0, 10).map(groupName).join(", ");
    return [
      `--fail-on ${condition}: ${names}${hits.length > 10 ? ` and ${hits.length - 10} more groups` : ""}`,
    ];
  });
}
