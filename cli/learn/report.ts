import { doubtTexts, whereText } from "./evidence";
import type { Learned } from "./learned";
import type { LearnedRule } from "./policy";
import { bytesText, counted, destinationText, portText, someOf, spanText } from "./words";

const MOST_ROWS = 50;

/** The report in Markdown. */
export function reportOf(learned: Learned): string {
  const { group, policy, unclear, rejected } = learned;
  const parts = [
    `# What ${group} needs`,
    `Of ${counted(learned.counts.own, "record")}, ${spanText(learned)}.`,
    "## Policy",
    rulesTable(policy.rules, learned, "The logs show no outbound traffic."),
    ...listOf(doubtTexts(policy.rules)),
    ...(policy.unfiltered.flows === 0
      ? []
      : [`${counted(policy.unfiltered.flows, "flow")} to link-local addresses, which need no rule.`]),
    "## Not allowed, because the logs do not show who initiated it",
    table(
      ["traffic", "to", "flows", "bytes", "own ports", "why"],
      unclear.map(({ protocol, port, peer, seen, ownPorts, why }) => [
        portText(protocol, port),
        peer,
        String(seen.flows),
        bytesText(seen.bytes),
        someOf(ownPorts.map(String), 5),
        why,
      ]),
      "Nothing.",
    ),
    "## Rejected",
    table(
      ["traffic", "flows", "destinations", "first and last"],
      rejected.map(({ protocol, port, seen, destinations }) => [
        portText(protocol, port),
        String(seen.flows),
        someOf(destinations, 3),
        spanText(seen),
      ]),
      "No traffic that the group initiated was rejected.",
    ),
    ...unusedPart(learned),
    ...holdoutPart(learned),
    "## Records",
    ...listOf(readLines(learned)),
    "## Limits of the logs",
    ...listOf(learned.cannotKnow),
  ];
  return `${parts.join("\n\n")}\n`;
}

function rulesTable(rules: readonly LearnedRule[], { interfaces }: Learned, none: string): string {
  return table(
    ["traffic", "to", "flows", "bytes", "first and last", "interfaces"],
    rules.map(({ protocol, port, to, seen }) => [
      portText(protocol, port),
      destinationText(to),
      String(seen.flows),
      bytesText(seen.bytes),
      spanText(seen),
      whereText(seen, interfaces),
    ]),
    none,
  );
}

function unusedPart({ unused, first, last }: Learned): string[] {
  if (unused === undefined) return [];
  return [
    "## Allowed and never used",
    `The logs cover ${spanText({ first, last })}.`,
    table(
      ["rule", "id", "description", "known"],
      unused.map(({ text, id, description = "", unknown }) => [
        text,
        id,
        description,
        unknown ?? "never used",
      ]),
      "Every rule was used.",
    ),
  ];
}

function holdoutPart(learned: Learned): string[] {
  const { holdout, last } = learned;
  if (holdout === undefined) return [];
  const { since, tested, cut } = holdout;
  return [
    "## Traffic that the policy would have rejected",
    `Learned from the earlier records, and tested on ${spanText({ first: since, last })}: ${counted(tested, "destination and port", "destinations and ports")}.`,
    rulesTable(cut.rules, learned, "Nothing."),
  ];
}

/** How many records there were, and why some say nothing about the group. */
export function readLines({ passed, counts }: Learned): string[] {
  const lines: readonly (readonly [number, string])[] = [
    [passed.records, "in total"],
    [counts.own, "of the group's interfaces"],
    [counts.requests, "of its requests"],
    [counts.answers, "of return traffic"],
    [counts.others, "of traffic that others initiated"],
    [counts.rejected, "of its requests that were rejected"],
    [counts.inboundRejected, "of rejected inbound traffic"],
    [counts.unclear, "of traffic with an unknown initiator"],
    [counts.noDirection, "without a direction"],
    [counts.otherGroups, "of other groups' interfaces"],
    [counts.unlisted, "of interfaces that --interfaces does not list"],
    [counts.otherAccounts, "of other accounts"],
    [passed.noData, "without traffic (NODATA)"],
    [passed.skipped, "skipped by AWS (SKIPDATA)"],
    [passed.cut, "cut or unreadable"],
  ];
  return lines.filter(([count]) => count > 0).map(([count, what]) => `${counted(count, "record")} ${what}`);
}

function listOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${cell(line)}`).join("\n")];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const shown = rows.slice(0, MOST_ROWS);
  const more = rows.length > MOST_ROWS ? [`\nand ${rows.length - MOST_ROWS} more, which --json lists`] : [];
  return [line(columns), line(columns.map(() => "---")), ...shown.map(line), ...more].join("\n");
}

/** Text from users in a table cell. It cannot end the cell or the line, or act as markup. */
function cell(text: string): string {
  return text.replace(/[\\|`*_<>[\]&]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}
