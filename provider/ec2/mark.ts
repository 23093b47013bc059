import { RESERVED_PREFIX } from "../rule/tags";

/**
 * The tag by which a rule says whose it is: `<project>/<stack>/<resource>`.
 *
 * It is written in the same request as the rule, so it tells our own rule from another's after a lost answer.
 */
export const OWNER_TAG = `${RESERVED_PREFIX}owner`;

/** Whether two marks are of one stack: they begin with the same project and stack. */
export function sameStack(one: string, other: string): boolean {
  const stack = (mark: string) => mark.split("/", 2).join("/");
  return stack(one) === stack(other);
}
