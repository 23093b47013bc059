import { type Failure, quote } from "./failure";
import { isGiven, isRecord } from "./record";
import { isUnknown, UNKNOWN, type Unknown } from "./unknown";

/** Tags in canonical form: by key, in the order of their keys. */
export type Tags = { readonly [key: string]: string };

const LONGEST_KEY = 127;
const LONGEST_VALUE = 256;

/** What no XML can hold, and so no answer of EC2: control characters, and half a surrogate pair. */
const FOREIGN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const FOREIGN_REASON = "contains a control character or other non-text character: remove it";

/** The most tags that EC2 keeps on one rule, the claim among them. */
export const MOST_TAGS = 50;

/** Every tag that this package keeps for itself begins so. */
export const RESERVED_PREFIX = "pulumi-aws-egress:";

/**
 * Tags that EC2 takes: keys of 1 to 127 characters that do not begin with `aws:`, values of at most 256.
 *
 * A number or a truth value, as configuration may hold, is the text of it, as it is for `@pulumi/aws`.
 *
 * Source: the constraints on Tags in AuthorizeSecurityGroupEgress.
 */
export function parseTags(value: unknown, failures: Failure[]): Tags | Unknown | undefined {
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  if (!isRecord(value)) {
    failures.push({
      property: "tags",
      reason: `${quote(value)} is not an object of strings, such as { Team: "web" }`,
    });
    return undefined;
  }
  const tags: [string, string][] = [];
  for (const [key, given] of Object.entries(value)) {
    if (!isGiven(given)) continue;
    const text = asText(given);
    const report = (reason: string) => failures.push({ property: `tags[${quote(key)}]`, reason });
    checkKey(key, report);
    if (typeof text !== "string") report(`${quote(text)} is not a string: put it in quotes`);
    else if (FOREIGN.test(text)) report(`${quote(text)} ${FOREIGN_REASON}`);
    else if (characters(text) > LONGEST_VALUE) {
      report(`${quote(text)} has ${characters(text)} characters: EC2 takes at most ${LONGEST_VALUE}`);
    } else tags.push([key, text]);
  }
  return tags.length === 0 ? undefined : sortedTags(tags);
}

export function sortedTags(tags: Iterable<readonly [string, string]>): Tags {
  return Object.fromEntries([...tags].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}

/** A number that is too large to be kept exactly is left as it is: its text would be another's. */
function asText(value: unknown): unknown {
  const isExact = typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return isExact || typeof value === "boolean" ? String(value) : value;
}

function checkKey(key: string, report: (reason: string) => void): void {
  if (FOREIGN.test(key)) report(`the key ${FOREIGN_REASON}`);
  if (key === "") report("the key is empty: give it a name");
  if (characters(key) > LONGEST_KEY)
    report(`the key has ${characters(key)} characters: EC2 takes at most ${LONGEST_KEY}`);
  if (key.toLowerCase().startsWith("aws:"))
    report('keys that begin with "aws:" are reserved for AWS: choose another');
  if (key.startsWith(RESERVED_PREFIX))
    report(`keys that begin with "${RESERVED_PREFIX}" are reserved for this package: choose another`);
}

/** Length in Unicode characters, which is how EC2 counts here, not in UTF-16 units. */
function characters(text: string): number {
  return [...text].length;
}
