import { discreetly } from "../rule/discreetly";
import { quote } from "../rule/failure";
import type { RuleInputs } from "../rule/rule";
import type { Run } from "../run";

/** A rule that a resource has held, as EC2 shows it now, or as state knows it if EC2 does not show it. */
interface HeldRule {
  readonly id: string;
  /** Undefined if the rule cannot be read: then no resource declares it. */
  readonly inputs?: RuleInputs | undefined;
  readonly claim?: string | undefined;
}

/**
 * Why a resource must not revoke a rule that it has held, if it must not: the rule has changed hands, or is about to.
 *
 * @param known the claim that state knows
 */
export function reasonToLeave(run: Run, { id, inputs, claim }: HeldRule, known?: string): string | undefined {
  if (run.claimed.has(id)) return "another resource of this program has it now";
  if (claim !== undefined && claim !== known) return `${quote(claim)} claims it now`;
  return inputs !== undefined && run.checked.declares(inputs) ? "this program declares it" : undefined;
}

/** Reports at the terminal that a rule stays in place, and why: nothing stays silently. */
export function tellLeft(id: string, groupId: string, reason: string): void {
  console.error(discreetly(`rule ${id} on ${groupId} is left in place: ${reason}`));
}
