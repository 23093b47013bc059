/**
 * The most rules in one request, of a set or of resources that share the request (`ec2/joint/joined.ts`).
 *
 * EC2 documents a limit only for CreateTags, 1,000 resources, and a group has at most 1,000 rules. This limit also
 * keeps a request far below 64 KB, the most that many proxies accept.
 */
export const MOST_IN_REQUEST = 200;

/** Splits items into parts that fit in a request. */
export function inParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += MOST_IN_REQUEST) {
    parts.push(items.slice(start, start + MOST_IN_REQUEST));
  }
  return parts;
}
