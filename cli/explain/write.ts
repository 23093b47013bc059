import { printable } from "../../provider/rule/printable";
import { ruleText } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import type { Because, DeclaredRule } from "../program/model";
import type { Explanation } from "./explain";
import { NEVER_FILTERED, NOT_DECIDED } from "./unfiltered";

/** An explanation as text: the answer, the reasons, and then what it does not cover. */
export function textOf(explanation: Explanation): string {
  const { group, question, only, unfiltered, by, unless, nearest, gaps } = explanation;
  const may = `${group} to send ${question.text}${only === undefined ? "" : `, ${only}`}`;
  const lines = [
    `${WORDS[explanation.answer]}: ${SAYS[explanation.answer]} ${may}.`,
    ...(unfiltered === undefined ? [] : [`  ${unfiltered}.`]),
    ...by.map((rule) => `  by ${ruleOf(rule)}${becauseText(rule.because)}`),
    ...unless.map((doubt) => `  ${doubt}`),
    ...(nearest.length > 0 ? ["Closest rules:"] : []),
    ...nearest.flatMap(({ text, rules }) => [
      `  ${text}`,
      ...rules.map((rule) => `    ${ruleOf(rule)}${becauseText(rule.because)}`),
    ]),
    "",
    ...gaps,
    ...NOT_DECIDED,
    NEVER_FILTERED,
  ];
  return `${lines.map(oneLine).join("\n")}\n`;
}

/** An explanation as JSON. Its format is stable: later versions only add to it. */
export function jsonOf(explanation: Explanation): string {
  const { group, question, answer, only, unfiltered, by, unless, nearest, gaps } = explanation;
  const value = {
    answer,
    from: group,
    ...trafficParts(question.traffic),
    text: question.text,
    ...(only !== undefined && { only }),
    ...(unfiltered !== undefined && { unfiltered }),
    by: by.map(rulePart),
    unless,
    nearest: nearest.map(({ text, rules }) => ({ text, rules: rules.map(rulePart) })),
    gaps,
    notDecided: NOT_DECIDED,
    neverFiltered: NEVER_FILTERED,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const WORDS = { yes: "Yes", no: "No", unknown: "Not known", unfiltered: "Not filtered" } as const;
const SAYS = {
  yes: "the rules allow",
  no: "no rule allows",
  unknown: "the rules may allow",
  unfiltered: "no rule is needed for",
} as const;

function rulePart({ traffic, because }: DeclaredRule) {
  const { resource, urn, type, reason, source } = because;
  return {
    ...trafficParts(traffic),
    text: ruleText({ ...traffic, securityGroupId: UNKNOWN }),
    resource,
    urn,
    type,
    ...(reason !== undefined && { reason }),
    ...(source !== undefined && { source }),
  };
}

function trafficParts({ protocol, ports, destination }: DeclaredRule["traffic"]) {
  return {
    protocol,
    ...(ports !== undefined && { fromPort: ports.from, toPort: ports.to }),
    destination: destination.value,
  };
}

function ruleOf({ traffic }: DeclaredRule): string {
  return ruleText({ ...traffic, securityGroupId: UNKNOWN });
}

/** ` (registry), "jobs", index.ts:33`. */
function becauseText({ resource, reason, source, type }: Because): string {
  const parts = [`${shortType(type)} "${resource}"`, ...(source ? [`${source.file}:${source.line}`] : [])];
  return `${reason === undefined ? "" : ` (${reason})`}: ${parts.join(", ")}`;
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** Text from users may contain line breaks, and characters that a terminal would interpret. */
function oneLine(text: string): string {
  return printable(text).replaceAll("\n", "\\n");
}
