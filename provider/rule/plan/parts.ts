/**
 * How many rules one request may carry: of a set, and of resources that share it (`ec2/joint/joined.ts`).
 *
 * EC2 documents no limit of its own but that of CreateTags, 1,000 resources; a group has at most 1,000 rules, and
 * this keeps a request well below the size of 64 KB that many a proxy takes.
 */
export const MOST_IN_REQUEST = 200;

/** What is too much for one request, in parts that are not. */
export function inParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += MOST_IN_REQUEST) {
    parts.push(items.slice(start, start + MOST_IN_REQUEST));
  }
  return parts;
}
