import { EgressError } from "../../ec2/errors";
import { findGroupRules } from "../../ec2/find";
import type { FoundRule } from "../../ec2/foundRule";
import type { Target } from "../../ec2/target";
import { TIME_LIMITS } from "../../ec2/timeLimits";
import { discreetly } from "../../rule/discreetly";
import { listed } from "../../rule/listed";
import type { PresentRule } from "../../rule/plan/planStep";
import type { Run } from "../../run";
import type { EgressRuleSetInputs } from "./inputs";
import { standing } from "./standing";
import { type EgressRuleSetState, keyOf } from "./state";

/**
 * Tells at preview what a new exclusive set will take away, which no comparison with a state shows; and why it may not,
 * where others have rules on the group.
 */
export async function foretellStrangers(
  run: Run,
  target: Target,
  inputs: EgressRuleSetInputs,
): Promise<string | undefined> {
  const { securityGroupId } = inputs;
  let found: readonly FoundRule[];
  try {
    found = await soon(findGroupRules(target, securityGroupId));
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    tell(`${securityGroupId}: what an exclusive set takes away is not known yet: ${error.message}`);
    return undefined;
  }
  try {
    const { stranger } = standing(found, inputs, undefined, run);
    if (stranger.length > 0) {
      tell(`${securityGroupId}: an exclusive set takes away what it does not declare: ${named(stranger)}`);
    }
    return undefined;
  } catch (error) {
    if (error instanceof EgressError) return error.message;
    throw error;
  }
}

async function soon<Answer>(call: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = TIME_LIMITS.preview / 1000;
    const tell = () => reject(new EgressError(`EC2 has not answered for ${seconds} seconds`));
    timer = setTimeout(tell, TIME_LIMITS.preview);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells which strangers an exclusive set has taken away in an update, where no state shows them. */
export function tellTakenAway(
  groupId: string,
  strangers: readonly PresentRule[],
  left: readonly PresentRule[],
): void {
  // One that has become another rule is gone, too.
  const there = new Map(left.map(({ id, inputs }) => [id, keyOf(inputs)]));
  const gone = strangers.filter(({ id, inputs }) => there.get(id) !== keyOf(inputs));
  if (gone.length > 0) {
    tell(`${groupId}: the exclusive set has taken away what it does not declare: ${named(gone)}`);
  }
}

/** Tells which rules an exclusive set leaves where it goes, as they are not its own. */
export function tellStrangersLeft(
  { exclusive, onDestroy, securityGroupId, ruleIds }: EgressRuleSetState,
  left: readonly FoundRule[],
): void {
  const held = new Set(Object.values(ruleIds));
  const strangers = exclusive === true ? left.filter(({ id }) => !held.has(id)) : [];
  if (strangers.length > 0) {
    tell(
      `${securityGroupId}: rules that are not of the exclusive set are left in place: ${named(strangers)}`,
    );
  }
  if (onDestroy === "restoreDefault" && left.length > 0) {
    tell(`${securityGroupId} is not opened again, as it has other rules`);
  }
}

const MOST_NAMED = 10;

function named(rules: readonly Pick<PresentRule, "id" | "inputs">[]): string {
  return listed(
    rules.map(({ id, inputs }) => `${keyOf(inputs)} (${id})`),
    MOST_NAMED,
  );
}

function tell(text: string): void {
  console.error(discreetly(text));
}
