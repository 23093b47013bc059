import { stackOf } from "../../provider/ec2/claim";
import { failuresText } from "../../provider/rule/failure";
import { identityOf } from "../../provider/rule/identity";
import { listed } from "../../provider/rule/listed";
import { parse } from "../../provider/rule/parse";
import { type RuleInputs, ruleOf } from "../../provider/rule/rule";
import { MOST_TAGS } from "../../provider/rule/tags";
import { type FoundGroup, type FoundRule, textOf } from "../aws/found";
import { containedNotes, isEverything, MOST_NAMED } from "./contained";

/** The rules of a group, sorted by whether the program declares them. */
export interface Kept {
  readonly rules: readonly FoundRule[];
  /** Rules for all traffic, omitted because of `--tighten`. */
  readonly open: readonly FoundRule[];
  /** Notes on the declared rules, and why others are omitted, one sentence each. */
  readonly notes: readonly string[];
  /** Whether the program declares every rule, so that it can be exclusive. */
  readonly isWhole: boolean;
}

/** Decides which rules of a group a program can take over, with notes. */
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

/** Why a rule cannot be declared; undefined if it can. */
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

/** Pulumi's SDK confuses these tag keys with built-in properties: it loses the first and fails on the second. */
const LOST_BY_PULUMI = ["__proto__", "toString"];

/** One sentence for each stack that claims some of the rules. */
function claimNotes(rules: readonly FoundRule[]): string[] {
  const byStack = new Map<string, FoundRule[]>();
  for (const rule of rules) {
    if (rule.claim === undefined) continue;
    const stack = stackOf(rule.claim);
    byStack.set(stack, [...(byStack.get(stack) ?? []), rule]);
  }
  return [...byStack].map(
    ([stack, held]) =>
      `Claimed by the stack ${stack}, so no other stack can adopt them: ${listed(held.map(textOf), MOST_NAMED)}.`,
  );
}

/** Sorts by traffic and destination, because EC2 guarantees no order. */
function inOrder(one: FoundRule, other: FoundRule): number {
  const [first, second] = [orderOf(one.inputs), orderOf(other.inputs)];
  return first.localeCompare(second, "en", { numeric: true }) || (one.id < other.id ? -1 : 1);
}

function orderOf(inputs: RuleInputs): string {
  const { protocol, ports, destination } = ruleOf(inputs);
  return `${protocol} ${ports?.from ?? ""} ${ports?.to ?? ""} ${destination?.kind} ${destination?.value}`;
}
