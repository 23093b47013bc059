import { randomBytes } from "node:crypto";
import { RESERVED_PREFIX } from "../rule/tags";

const SUFFIX_BYTES = 4;
const SUFFIX = /@[0-9a-f]{8}$/;

/**
 * The tag by which a rule says whose it is: `<project>/<stack>/<resource>`.
 *
 * It is written in the same request as the rule, so it tells our own rule from another's after a lost answer.
 */
export const OWNER_TAG = `${RESERVED_PREFIX}owner`;

/**
 * The mark of a resource that takes its own rule over from an earlier self: with a suffix, so that the delete of that
 * earlier self, as in a forced replacement, does not take the rule for its own.
 */
export function renewedMark(mark: string): string {
  return `${mark}@${randomBytes(SUFFIX_BYTES).toString("hex")}`;
}

/** Whether two marks are of one resource, renewed or not. */
export function sameOwner(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && declaredMark(one) === declaredMark(other);
}

/** The mark as the resource declares it, renewed or not. */
export function declaredMark(mark: string): string {
  return mark.replace(SUFFIX, "");
}

/** Whether two marks are of one stack: they begin with the same project and stack. */
export function sameStack(one: string, other: string): boolean {
  const stack = (mark: string) => mark.split("/", 2).join("/");
  return stack(one) === stack(other);
}
