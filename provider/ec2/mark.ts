import { randomBytes } from "node:crypto";
import { RESERVED_PREFIX } from "../rule/tags";

const SUFFIX_BYTES = 4;
const SUFFIX = /@[0-9a-f]{8}$/;
/** How the mark of several resources ends: the beginning that theirs share, and a suffix. */
const JOINT = /\*@[0-9a-f]{8}$/;

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

/**
 * The one mark of rules that are made in one request, as EC2 puts the same tags on all of them: the beginning that the
 * marks of their resources share, such as `shop/prod/web-*@0a1b2c3d`.
 *
 * With its suffix it is like no mark before it, so that after a lost answer it tells what this very request has made.
 */
export function jointMark(marks: readonly string[]): string {
  return renewedMark(`${marks.reduce(sharedBeginning)}*`);
}

/**
 * Whether the mark on a rule may be that of the resource with this one: its own, renewed or not, or a joint one that
 * begins as its own does.
 *
 * A joint mark tells less than a resource's own: another's begins like it, too. Who takes a rule by it renews the
 * mark, so that the delete of the other leaves the rule.
 */
export function standsFor(onRule: string | undefined, declared: string | undefined): boolean {
  if (onRule === undefined || declared === undefined) return false;
  if (sameOwner(onRule, declared)) return true;
  return isJointMark(onRule) && declared.startsWith(onRule.replace(JOINT, ""));
}

/** Whether two marks are of one resource, renewed or not. */
export function sameOwner(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && declaredMark(one) === declaredMark(other);
}

/** The mark as the resource declares it, renewed or not; a joint one, which none declares, as it is. */
export function declaredMark(mark: string): string {
  return isJointMark(mark) ? mark : mark.replace(SUFFIX, "");
}

/** Whether a mark stands for all resources whose own begins as it does. */
export function isJointMark(mark: string): boolean {
  return JOINT.test(mark);
}

/** Whether two marks are of one stack: they begin with the same project and stack. */
export function sameStack(one: string, other: string): boolean {
  return stackOf(one) === stackOf(other);
}

/** The beginning of a mark that all resources of a stack share: `<project>/<stack>`. */
export function stackOf(mark: string): string {
  return mark.split("/", 2).join("/");
}

function sharedBeginning(one: string, other: string): string {
  // By characters and not by UTF-16 units, half a pair of which is no text for a tag.
  const [characters, others] = [[...one], [...other]];
  const end = characters.findIndex((character, place) => character !== others[place]);
  return end === -1 ? one : characters.slice(0, end).join("");
}
