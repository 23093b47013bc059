import type { EC2Client } from "@aws-sdk/client-ec2";

/** How a resource gives up what its rule is, so that another may become it. */
export type HowGivenUp = "by an update" | "by a replacement";

interface GivingUp {
  how: HowGivenUp | undefined;
  /** Those who wait for what becomes of the rule. */
  readonly waiting: Set<() => void>;
}

/** The rules whose resources become something else in this run of the engine, or may yet turn out to. */
const givingUp = new WeakMap<EC2Client, Map<string, GivingUp>>();

/** The updates that have ended in this run: how many, and which was the last of each rule. */
interface Ended {
  count: number;
  readonly last: Map<string, number>;
}

const ended = new WeakMap<EC2Client, Ended>();

/** The engine compares the resources of a program one after the other, while it makes the first of them already. */
const LONGEST_WAIT_FOR_DIFF = 2_000;
const LONGEST_WAIT_FOR_UPDATE = 60_000;

/** Notes that a resource is to be updated or replaced, so that its rule is free then for others to become. */
export function noteGivingUp(client: EC2Client, ruleId: string, how: HowGivenUp): void {
  change(ofRule(client, ruleId), how);
}

/** Notes that the update of a rule has ended, whether well or not: it gives up nothing more. */
export function noteUpdated(client: EC2Client, ruleId: string): void {
  const all = ended.get(client) ?? { count: 0, last: new Map() };
  ended.set(client, all);
  all.last.set(ruleId, ++all.count);
  change(ofRule(client, ruleId), undefined);
  givingUp.get(client)?.delete(ruleId);
}

/** How a rule is being given up at this moment, as far as is known. */
export function howGivenUp(client: EC2Client, ruleId: string): HowGivenUp | undefined {
  return givingUp.get(client)?.get(ruleId)?.how;
}

/** Waits for two seconds at most until it is known how a rule is given up, if it is. */
export async function untilHeardOf(client: EC2Client, ruleId: string): Promise<void> {
  const rule = ofRule(client, ruleId);
  if (rule.how === undefined) await nextChange(rule, LONGEST_WAIT_FOR_DIFF);
}

/** A moment between the updates of a run. */
export function momentOf(client: EC2Client): number {
  return ended.get(client)?.count ?? 0;
}

/**
 * Whether a rule may be another than a look has shown, as an update of it has ended since the moment before the look;
 * waits for a minute at most for one that is under way.
 */
export async function isUpdatedSince(client: EC2Client, ruleId: string, moment: number): Promise<boolean> {
  const rule = ofRule(client, ruleId);
  if (rule.how === "by an update") await nextChange(rule, LONGEST_WAIT_FOR_UPDATE);
  return (ended.get(client)?.last.get(ruleId) ?? 0) > moment;
}

function ofRule(client: EC2Client, ruleId: string): GivingUp {
  const rules = givingUp.get(client) ?? new Map<string, GivingUp>();
  givingUp.set(client, rules);
  const found = rules.get(ruleId) ?? { how: undefined, waiting: new Set() };
  rules.set(ruleId, found);
  return found;
}

function change(rule: GivingUp, how: HowGivenUp | undefined): void {
  rule.how = how;
  for (const goOn of rule.waiting) goOn();
}

function nextChange({ waiting }: GivingUp, longest: number): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      waiting.delete(goOn);
      resolve();
    };
    const timer = setTimeout(goOn, longest);
    waiting.add(goOn);
  });
}
