import { OWNER_TAG } from "../ec2/claim";
import { type Attempt, EgressError, explain, mayHaveTakenEffect } from "../ec2/errors";
import { findByIdentity } from "../ec2/find";
import type { MadeRule } from "../ec2/foundRule";
import type { Target } from "../ec2/target";
import type { WantedRule } from "../rule/plan/planStep";
import { mayTake, type Terms } from "./duplicate";
import { type Obtained, type Place, takeOver } from "./takeOver";

/** After a lost answer the rule may be there: it is taken as one that was there before. */
export async function findAfterLostAnswer(
  place: Place,
  wanted: WantedRule,
  terms: Terms,
  attempt: Attempt,
  error: unknown,
): Promise<Obtained> {
  const told = error instanceof EgressError ? error : explain(error, attempt);
  if (!mayHaveTakenEffect(error)) throw told;
  // Where EC2 refuses the look-up too, what it said first tells more.
  const found = await findByIdentity(place.target, wanted.inputs).catch(() => undefined);
  if (found === undefined || !mayTake(found, terms)) throw told;
  return takeOver(place, found, wanted);
}

/** What EC2 took without saying which it is, is ours only by its claim, where there is one. */
export async function findMade(target: Target, wanted: WantedRule, { doing }: Attempt): Promise<MadeRule> {
  const found = await findByIdentity(target, wanted.inputs);
  if (found?.claim === wanted.tags[OWNER_TAG] && found !== undefined) return { ...found, isUnclaimed: false };
  throw new EgressError(
    `${doing}: EC2 took the rule, but neither its answer nor a look-up shows it.\nRun \`pulumi up\` again: a rule that carries this stack's claim is taken over then.`,
  );
}
