import { EgressError } from "../../ec2/errors";
import type { FoundRule } from "../../ec2/foundRule";
import { findGroupRules } from "../../ec2/groupRules";
import type { Target } from "../../ec2/target";
import { TIME_LIMITS } from "../../ec2/timeLimits";
import { discreetly } from "../../rule/discreetly";
import type { PresentRule } from "../../rule/plan/planStep";
import { keysOf } from "../../rule/ruleSet";
import type { EgressRuleSetInputs } from "./inputs";
import { type Claims, standing } from "./standing";
import { keyOf } from "./state";

const MOST_NAMED = 10;

/** The rules that an exclusive set may take away and does not declare; throws where another's rule is in the way. */
export function strangersAmong(
  found: readonly FoundRule[],
  inputs: EgressRuleSetInputs,
  claims: Claims,
): readonly FoundRule[] {
  const declaredKey = keysOf(inputs.rules);
  return standing(found, inputs, claims).own.filter((rule) => declaredKey(rule.inputs) === undefined);
}

/**
 * Tells at preview what a new exclusive set will take away, which no comparison with a state shows; and why it may not,
 * where others have rules on the group.
 */
export async function foretellStrangers(
  target: Target,
  inputs: EgressRuleSetInputs,
): Promise<string | undefined> {
  const { securityGroupId } = inputs;
  let found: readonly FoundRule[];
  try {
    found = await soon(findGroupRules(target, securityGroupId));
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    console.error(
      discreetly(`${securityGroupId}: what an exclusive set takes away is not known yet: ${error.message}`),
    );
    return undefined;
  }
  try {
    const none = { marks: new Map(), isTaken: () => false, isLeft: () => false };
    const strangers = strangersAmong(found, inputs, none);
    if (strangers.length > 0) {
      console.error(
        discreetly(
          `${securityGroupId}: an exclusive set takes away what it does not declare: ${named(strangers)}`,
        ),
      );
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
export function tellStrangers(
  groupId: string,
  strangers: readonly PresentRule[],
  left: readonly PresentRule[],
): void {
  const there = new Set(left.map(({ id }) => id));
  const gone = strangers.filter(({ id }) => !there.has(id));
  if (gone.length === 0) return;
  console.error(
    discreetly(`${groupId}: the exclusive set has taken away what it does not declare: ${named(gone)}`),
  );
}

function named(rules: readonly Pick<PresentRule, "id" | "inputs">[]): string {
  const texts = rules.slice(0, MOST_NAMED).map(({ id, inputs }) => `${keyOf(inputs)} (${id})`);
  const more = rules.length - texts.length;
  return `${texts.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
