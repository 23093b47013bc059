import { type Failure, quote } from "./failure";
import { isGiven, isRecord } from "./record";
import { isUnknown, UNKNOWN, type Unknown } from "./unknown";

/** Tags in canonical form: by key, sorted by key. */
export type Tags = { readonly [key: string]: string };

const LONGEST_KEY = 127;
const LONGEST_VALUE = 256;

/** Characters that XML cannot hold, and so no EC2 answer: control characters and unpaired surrogates. */
const FOREIGN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const FOREIGN_REASON = "contains a control character or other non-text character: remove it";

/** The most tags on one rule in EC2, including the claim. */
export const MOST_TAGS = 50;

/** The prefix of the tags that this package reserves for itself. */
export const RESERVED_PREFIX = "pulumi-aws-egress:";

/**
 * Tags that EC2 accepts: keys of 1 to 127 characters that do not begin with `aws:`, values of at most 256.
 *
 * A number or a boolean, which configuration may hold, becomes text, as in `@pulumi/aws`.
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

/** Leave a number that is too large to be exact: its text would be a different number. */
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

/** The length in Unicode characters, as EC2 counts here, rather than in UTF-16 units. */
function characters(text: string): number {
  return [...text].length;
}
