import { OWNER_TAG } from "../ec2/claim";
import { endpointName } from "../ec2/client/endpointName";
import { type Attempt, EgressError, explain, mayHaveTakenEffect } from "../ec2/errors";
import { findByIdentity } from "../ec2/find";
import type { MadeRule } from "../ec2/foundRule";
import { type Duplicate, duplicate } from "../ec2/joint/authorize";
import type { Target } from "../ec2/target";
import type { WantedRule } from "../rule/plan/planStep";
import { withoutUndefined } from "../rule/record";
import { isOfStack, mayTake, type Terms } from "./duplicate";
import { type Obtained, type Place, tagsOf, takeOver } from "./takeOver";

/** Treats the rule of a lost answer as one that may already exist. */
export async function findAfterLostAnswer(
  place: Place,
  wanted: WantedRule,
  terms: Terms,
  attempt: Attempt,
  error: unknown,
): Promise<Obtained> {
  const told = error instanceof EgressError ? error : explain(error, attempt);
  if (!mayHaveTakenEffect(error)) throw told;
  // If EC2 refuses the look-up too, its first error says more.
  const found = await findByIdentity(place.target, wanted.inputs).catch(() => undefined);
  if (found === undefined || !mayTake(found, terms)) throw told;
  return takeOver(place, found, wanted);
}

/**
 * Decides whose rule it is if EC2 accepted a request without naming the rule: ours if it carries this run's claim.
 * Without a claim, or with another stack's, it existed before, because a group holds each rule only once.
 */
export async function findMade(
  target: Target,
  wanted: WantedRule,
  terms: Terms,
  { doing }: Attempt,
): Promise<{ readonly made: MadeRule } | Duplicate> {
  const there = await findByIdentity(target, wanted.inputs);
  const claim = wanted.tags[OWNER_TAG];
  if (there !== undefined && claim !== undefined && there.claim === claim) {
    const { description } = there.inputs;
    return { made: { ...there, ...withoutUndefined({ description }), tags: tagsOf(there) } };
  }
  if (there !== undefined && !isOfStack(there, terms)) {
    return { there, refusal: duplicate("the response shows no new rule, and this one exists") };
  }
  throw new EgressError(
    `${doing}: ${endpointName(target)} accepted the rule, but neither its response nor a look-up shows it.\nRun \`pulumi up\` again: it takes over a rule that carries this stack's claim.`,
  );
}
