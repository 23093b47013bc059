import { randomInt } from "node:crypto";
import { RESERVED_PREFIX, type Tags } from "../rule/tags";

/**
 * The tag by which a rule says which stack holds it, and since which run: `shop/prod@7f3k2m9q`.
 *
 * EC2 writes it in the same request as the rule, so it tells our own rule from another's after a lost answer.
 */
export const OWNER_TAG = `${RESERVED_PREFIX}owner`;

/** A name for a run that no other run has: eight digits and lower-case letters. */
export function newRunName(): string {
  return randomInt(36 ** 8)
    .toString(36)
    .padStart(8, "0");
}

/** What a rule carries that this stack, `shop/prod`, has had since this run. */
export function claimOf(stack: string, run: string): string {
  return `${stack}@${run}`;
}

/** The stack of a claim: `shop/prod`. */
export function stackOf(claim: string): string {
  return claim.replace(/@[^@]*$/, "");
}

/** The claim as a tag, where there is one. */
export function claimTag(claim: string | undefined): Tags {
  return claim === undefined ? {} : { [OWNER_TAG]: claim };
}
