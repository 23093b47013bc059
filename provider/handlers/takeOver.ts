import { changeRules } from "../ec2/changeRules";
import { claimTag, OWNER_TAG, stackOf } from "../ec2/claim";
import type { EgressError } from "../ec2/errors";
import type { FoundRule } from "../ec2/foundRule";
import type { Target } from "../ec2/target";
import { changesOf } from "../rule/plan/plan";
import type { PresentRule, WantedRule } from "../rule/plan/planStep";
import type { Run } from "../run";

/** Where a rule goes, and what is known about the run. */
export interface Place {
  readonly run: Run;
  readonly target: Target;
}

/** A rule that a resource has obtained; with an error if part of it is still missing. */
export interface Obtained {
  readonly rule: PresentRule & { readonly arn: string };
  readonly error?: EgressError;
  /** Whether the rule existed before and was not this stack's. */
  readonly isAdopted?: boolean;
}

/** Takes over an existing rule, and updates it to the wanted one. */
export async function takeOver(
  { run, target }: Place,
  there: FoundRule,
  wanted: WantedRule,
): Promise<Obtained> {
  // Note it at once, so that no other resource revokes it from now on.
  run.claimed.add(there.id);
  const present = { ...wanted, id: there.id, inputs: there.inputs, tags: tagsOf(there) };
  // If the stack claims nothing, an existing claim stays: the stack may lack the permission to change it.
  const tags =
    wanted.tags[OWNER_TAG] === undefined ? { ...claimTag(there.claim), ...wanted.tags } : wanted.tags;
  const steps = changesOf({ ...wanted, tags }, present);
  const { error } = await changeRules(target, groupOf(wanted), steps, [present]);
  if (error) throw error;
  const own = wanted.tags[OWNER_TAG];
  const isOwn = own !== undefined && there.claim !== undefined && stackOf(there.claim) === stackOf(own);
  return { rule: { ...wanted, tags, id: there.id, arn: there.arn }, isAdopted: !isOwn };
}

/** The tags of an existing rule, including its claim. */
export function tagsOf({ claim, tags }: FoundRule) {
  return { ...claimTag(claim), ...tags };
}

export function groupOf({ inputs }: WantedRule): string {
  return inputs.securityGroupId;
}
