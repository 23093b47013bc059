import { randomInt } from "node:crypto";
import { RESERVED_PREFIX, type Tags } from "../rule/tags";

/**
 * The tag that names the stack that holds a rule, and the run in which it first did: `shop/prod@7f3k2m9q`.
 *
 * EC2 writes it in the request that creates the rule, so it identifies our own rule after a lost answer.
 */
export const OWNER_TAG = `${RESERVED_PREFIX}owner`;

/** A unique name for a run: eight digits and lowercase letters. */
export function newRunName(): string {
  return randomInt(36 ** 8)
    .toString(36)
    .padStart(8, "0");
}

/** The claim of a stack, `shop/prod`, that has held a rule since this run. */
export function claimOf(stack: string, run: string): string {
  return `${stack}@${run}`;
}

/** The stack of a claim: `shop/prod`. */
export function stackOf(claim: string): string {
  return claim.replace(/@[^@]*$/, "");
}

/** The claim as a tag, if there is one. */
export function claimTag(claim: string | undefined): Tags {
  return claim === undefined ? {} : { [OWNER_TAG]: claim };
}
