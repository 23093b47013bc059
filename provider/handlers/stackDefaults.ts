import { type Failure, quote } from "../rule/failure";
import { parseRegion } from "../rule/ids";
import { type IgnoredTags, isIgnored } from "../rule/ignoredTags";
import { isGiven } from "../rule/record";
import type { Tags } from "../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../rule/unknown";

/** The Region of a resource, or else of the stack. */
export function regionOf(
  value: unknown,
  ofStack: string | undefined,
  failures: Failure[],
): string | undefined {
  const fail = (reason: string) => failures.push({ property: "region", reason });
  if (isUnknown(value)) return UNKNOWN;
  if (isGiven(value)) return parseRegion(value, fail);
  if (ofStack === undefined) fail("is not set: set aws:region in the stack's configuration, or AWS_REGION");
  return ofStack;
}

/** The rule's own tags, without those that come from `aws:defaultTags` or a set. */
export function declaredTags(tags: Tags, defaults: Tags, declared: Tags): Tags | undefined {
  const isDeclared = ([key, value]: [string, string]) =>
    Object.hasOwn(declared, key) || !Object.hasOwn(defaults, key) || defaults[key] !== value;
  const entries = Object.entries(tags).filter(isDeclared);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A declared tag that is ignored would seem missing forever. */
export function refuseIgnored(
  tags: Tags | Unknown | undefined,
  ignored: IgnoredTags,
  property: string,
  failures: Failure[],
): void {
  if (tags === undefined || isUnknown(tags)) return;
  for (const key of Object.keys(tags).filter((declared) => isIgnored(declared, ignored))) {
    const reason = "is ignored by aws:ignoreTags: remove it here or there";
    failures.push({ property: `${property}[${quote(key)}]`, reason });
  }
}
