import { listed } from "../../provider/rule/listed";
import { ALL_PROTOCOLS } from "../../provider/rule/protocol";
import { contains, reachOf } from "../../provider/rule/reach";
import { type RuleInputs, ruleOf, ruleText } from "../../provider/rule/rule";
import { type FoundRule, textOf } from "../aws/found";

/** Whether this is the rule that EC2 gives a new group, or the same rule for IPv6. */
export function isEverything({ ipProtocol, cidrIpv4, cidrIpv6 }: RuleInputs): boolean {
  return ipProtocol === ALL_PROTOCOLS && (cidrIpv4 === "0.0.0.0/0" || cidrIpv6 === "::/0");
}

/** Finds redundant rules: one sentence for each rule that contains others. */
export function containedNotes(rules: readonly FoundRule[]): string[] {
  const byOuter = new Map<FoundRule, FoundRule[]>();
  for (const rule of rules) {
    const outer = outermost(rule, rules);
    if (outer !== undefined) byOuter.set(outer, [...(byOuter.get(outer) ?? []), rule]);
    else if (isEverything(rule.inputs)) byOuter.set(rule, byOuter.get(rule) ?? []);
  }
  return [...byOuter].map(([outer, inner]) =>
    isEverything(outer.inputs) ? openNote(outer) : note(outer, inner),
  );
}

/** A rule that contains this one, and that no other rule contains. */
function outermost(rule: FoundRule, rules: readonly FoundRule[]): FoundRule | undefined {
  const outer = rules.filter((other) => other !== rule && isIn(rule, other));
  return outer.find((one) => !outer.some((other) => other !== one && isIn(one, other))) ?? outer[0];
}

function isIn(inner: FoundRule, outer: FoundRule): boolean {
  const [one, other] = [reachOf(ruleOf(outer.inputs)), reachOf(ruleOf(inner.inputs))];
  return one !== undefined && other !== undefined && contains(one, other);
}

function openNote(rule: FoundRule): string {
  return `${textOf(rule)} allows all traffic: --tighten leaves that rule out.`;
}

function note(outer: FoundRule, inner: readonly FoundRule[]): string {
  const texts = inner.map(({ inputs }) => ruleText(ruleOf(inputs)));
  const verb = inner.length === 1 ? "is" : "are";
  return `${listed(texts, MOST_NAMED)} ${verb} redundant: already covered by ${textOf(outer)}.`;
}

/** How many rules a note names. */
export const MOST_NAMED = 5;
