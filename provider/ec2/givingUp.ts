import type { EC2Client } from "@aws-sdk/client-ec2";

/** How a resource gives up what its rule is, so that another may become it. */
export type HowGivenUp = "by an update" | "by a replacement";

interface Event<Value> {
  readonly happened: Promise<Value>;
  readonly happen: (value: Value) => void;
}

interface GivingUp {
  /** Diff has found it; the engine updates or replaces the resource after that. */
  readonly noted: Event<HowGivenUp>;
  /** The update has ended, whether well or not. */
  readonly updated: Event<undefined>;
}

/** The rules whose resources become something else in this run of the engine, or may yet turn out to. */
const givingUp = new WeakMap<EC2Client, Map<string, GivingUp>>();

/** The engine compares the resources of a program one after the other, while it makes the first of them already. */
const LONGEST_WAIT_FOR_DIFF = 2_000;
const LONGEST_WAIT_FOR_UPDATE = 60_000;

export function noteGivingUp(client: EC2Client, ruleId: string, how: HowGivenUp): void {
  ofRule(client, ruleId).noted.happen(how);
}

/** Notes that the update of a rule has ended, after which it gives up nothing more. */
export function noteUpdated(client: EC2Client, ruleId: string): void {
  ofRule(client, ruleId).updated.happen(undefined);
  givingUp.get(client)?.delete(ruleId);
}

/**
 * How a rule is given up in this run, once that is known and the update, if it is one, has ended; undefined where
 * nothing is heard of it for two seconds.
 */
export async function untilGivenUp(client: EC2Client, ruleId: string): Promise<HowGivenUp | undefined> {
  const { noted, updated } = ofRule(client, ruleId);
  const how = await within(LONGEST_WAIT_FOR_DIFF, noted.happened);
  if (how === "by an update") await within(LONGEST_WAIT_FOR_UPDATE, updated.happened);
  return how;
}

function ofRule(client: EC2Client, ruleId: string): GivingUp {
  const rules = givingUp.get(client) ?? new Map<string, GivingUp>();
  givingUp.set(client, rules);
  const found = rules.get(ruleId) ?? { noted: event<HowGivenUp>(), updated: event<undefined>() };
  rules.set(ruleId, found);
  return found;
}

function event<Value>(): Event<Value> {
  let happen: Event<Value>["happen"] = () => {};
  const happened = new Promise<Value>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}

async function within<Value>(milliseconds: number, happened: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([happened, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
