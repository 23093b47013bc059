import { stackOf } from "../../provider/ec2/claim";
import { failuresText } from "../../provider/rule/failure";
import { identityOf } from "../../provider/rule/identity";
import { parse } from "../../provider/rule/parse";
import { type RuleInputs, ruleOf, ruleText } from "../../provider/rule/rule";
import { MOST_TAGS } from "../../provider/rule/tags";
import type { FoundGroup, FoundRule } from "../aws/found";
import { containedNotes, isEverything, listed } from "./contained";

/** What becomes of a group's rules. */
export interface Kept {
  readonly rules: readonly FoundRule[];
  /** Those that let everything out and are left out for it, as was asked for. */
  readonly open: readonly FoundRule[];
  /** What there is to know about those that are kept, and why others are not, a sentence each. */
  readonly notes: readonly string[];
  /** Whether all there is can be declared, so that the program may have the group to itself. */
  readonly isWhole: boolean;
}

/** Which rules of a group a program can take over, and what is to be said of them. */
export function keptRules({ rules }: FoundGroup, tighten: boolean): Kept {
  const kept = new Map<string, FoundRule>();
  const open: FoundRule[] = [];
  const notes: string[] = [];
  let isWhole = true;
  for (const rule of [...rules].sort(inOrder)) {
    if (tighten && isEverything(rule.inputs)) {
      open.push(rule);
      continue;
    }
    const reason = whyNot(rule, kept.get(identityOf(rule)));
    if (reason === undefined) {
      kept.set(identityOf(rule), rule);
      continue;
    }
    isWhole = false;
    notes.push(`Left out: ${textOf(rule)}, ${reason}.`);
  }
  const all = [...kept.values()];
  return { rules: all, open, notes: [...notes, ...claimNotes(all), ...containedNotes(all)], isWhole };
}

/** Why a rule cannot be declared; undefined where it can be. */
function whyNot({ controllerTag, inputs, tags }: FoundRule, same: FoundRule | undefined): string | undefined {
  if (controllerTag !== undefined) return `which a controller manages (tag ${controllerTag})`;
  if (same !== undefined) return `which is a duplicate of ${same.id}`;
  const lost = Object.keys(tags).find((key) => LOST_BY_PULUMI.includes(key));
  if (lost !== undefined) return `whose tag "${lost}" Pulumi cannot send`;
  const parsed = parse({ ...inputs, tags });
  if ("failures" in parsed) return `which cannot be declared: ${failuresText(parsed.failures)}`;
  const most = MOST_TAGS - 1;
  return Object.keys(tags).length > most
    ? `whose ${MOST_TAGS} tags leave no room for the stack's claim tag`
    : undefined;
}

/** Keys of a record that Pulumi's SDK takes for what every object has: it loses the one, and fails on the other. */
const LOST_BY_PULUMI = ["__proto__", "toString"];

/** A sentence for each stack that holds some of them. */
function claimNotes(rules: readonly FoundRule[]): string[] {
  const byStack = new Map<string, FoundRule[]>();
  for (const rule of rules) {
    if (rule.claim === undefined) continue;
    const stack = stackOf(rule.claim);
    byStack.set(stack, [...(byStack.get(stack) ?? []), rule]);
  }
  return [...byStack].map(
    ([stack, held]) =>
      `Claimed by the stack ${stack}, so no other stack can adopt them: ${listed(held.map(textOf))}.`,
  );
}

/** A rule as a note says it: `tcp 443 to 10.0.0.0/16 (sgr-…)`. */
export function textOf({ id, inputs }: Pick<FoundRule, "id" | "inputs">): string {
  return `${ruleText(ruleOf(inputs))} (${id})`;
}

/** By traffic and destination: EC2 promises no order. */
function inOrder(one: FoundRule, other: FoundRule): number {
  const [first, second] = [orderOf(one.inputs), orderOf(other.inputs)];
  return first.localeCompare(second, "en", { numeric: true }) || (one.id < other.id ? -1 : 1);
}

function orderOf(inputs: RuleInputs): string {
  const { protocol, ports, destination } = ruleOf(inputs);
  return `${protocol} ${ports?.from ?? ""} ${ports?.to ?? ""} ${destination?.kind} ${destination?.value}`;
}
