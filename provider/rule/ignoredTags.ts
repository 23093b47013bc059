import { RESERVED_PREFIX, type Tags } from "./tags";

/** The tags that others manage on rules, from `aws:ignoreTags`: never read, compared or removed. */
export interface IgnoredTags {
  readonly keys: readonly string[];
  readonly keyPrefixes: readonly string[];
}

export const NONE_IGNORED: IgnoredTags = { keys: [], keyPrefixes: [] };

/** Whether to ignore a tag; this package's own tags are never ignored. */
export function isIgnored(key: string, { keys, keyPrefixes }: IgnoredTags): boolean {
  if (key.startsWith(RESERVED_PREFIX)) return false;
  return keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));
}

export function withoutIgnored(tags: Tags, ignored: IgnoredTags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isIgnored(key, ignored)));
}
