import { join } from "node:path";
import type { Because, GroupRules, Model } from "../../../cli/program/model";
import { readProgram } from "../../../cli/program/read";
import { trafficText } from "../../../provider/rule/rule";

const FOLDER = join(__dirname, "..", "previews");

/** A file that the CLI wrote for one of the recorded programs. */
export const recorded = (program: string, file: string) => join(FOLDER, program, file);

/** The CLI's output for programs with each supported kind of resource. */
export const RECORDED = [
  "ownRules",
  "egressRules",
  "groupRules",
  "inLine",
  "native",
  "nothingSaid",
  "notKnown",
];

/** A recorded change, parsed from its preview and its state. */
export const readRecorded = (program: string, preview = "preview.json"): Promise<Model> =>
  readProgram({ preview: recorded(program, preview), state: recorded(program, "state.json") });

/** Groups by name, and their rules before and after, one per line; `-` for a missing group. */
export function told({ groups }: Model): Record<string, { before: string[] | "-"; after: string[] | "-" }> {
  return Object.fromEntries(
    groups.map(({ group, urn, before, after }) => [
      urn?.split("::").at(-1) ?? group,
      { before: lines(before), after: lines(after) },
    ]),
  );
}

function lines(rules: GroupRules | undefined): string[] | "-" {
  if (rules === undefined) return "-";
  return [
    ...rules.exclusive.map(({ resource }) => `nothing but what ${resource} declares`),
    ...rules.rules.map(
      ({ traffic: { protocol, ports, destination }, because }) =>
        `${trafficText(protocol, ports)} to ${destination.value}: ${becauseText(because)}`,
    ),
    ...rules.unknown.map(({ what, because }) => `not known: ${what}: ${becauseText(because)}`),
  ].sort();
}

function becauseText({ resource, reason, source }: Because): string {
  return [resource, reason, source && `${source.file}:${source.line}`].filter(Boolean).join(", ");
}
