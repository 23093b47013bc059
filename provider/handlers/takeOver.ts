import { changeRules } from "../ec2/changeRules";
import { claimTag, OWNER_TAG, stackOf } from "../ec2/claim";
import type { EgressError } from "../ec2/errors";
import type { FoundRule } from "../ec2/foundRule";
import type { Target } from "../ec2/target";
import { changesOf } from "../rule/plan/plan";
import type { PresentRule, WantedRule } from "../rule/plan/planStep";
import type { Run } from "../run";

/** Where a rule is to be, and what is known of the run. */
export interface Place {
  readonly run: Run;
  readonly target: Target;
}

/** A rule that a resource has got; with an error, it is not all that was wanted. */
export interface Obtained {
  readonly rule: PresentRule & { readonly arn: string };
  readonly error?: EgressError;
  /** Whether it was there already, and not this stack's. */
  readonly isAdopted?: boolean;
}

/** Takes over a rule that is there, and brings it to what is wanted. */
export async function takeOver(
  { run, target }: Place,
  there: FoundRule,
  wanted: WantedRule,
): Promise<Obtained> {
  // At once: nobody revokes it from now on.
  run.claimed.add(there.id);
  const present = { ...wanted, id: there.id, inputs: there.inputs, tags: tagsOf(there) };
  // Where the stack claims nothing, a claim that is there stays: to change it may not be allowed.
  const tags =
    wanted.tags[OWNER_TAG] === undefined ? { ...claimTag(there.claim), ...wanted.tags } : wanted.tags;
  const steps = changesOf({ ...wanted, tags }, present);
  const { error } = await changeRules(target, groupOf(wanted), steps, [present]);
  if (error) throw error;
  const own = wanted.tags[OWNER_TAG];
  const isOwn = own !== undefined && there.claim !== undefined && stackOf(there.claim) === stackOf(own);
  return { rule: { ...wanted, tags, id: there.id, arn: there.arn }, isAdopted: !isOwn };
}

/** The tags of a rule that is there, its claim among them. */
export function tagsOf({ claim, tags }: FoundRule) {
  return { ...claimTag(claim), ...tags };
}

export function groupOf({ inputs }: WantedRule): string {
  return inputs.securityGroupId;
}
