import { RESERVED_PREFIX, type Tags } from "./tags";

/** The tags that others keep on rules, as `aws:ignoreTags` names them: neither read, compared nor removed. */
export interface IgnoredTags {
  readonly keys: readonly string[];
  readonly keyPrefixes: readonly string[];
}

export const NONE_IGNORED: IgnoredTags = { keys: [], keyPrefixes: [] };

/** Whether a tag is none of our business; those of this package always are. */
export function isIgnored(key: string, { keys, keyPrefixes }: IgnoredTags): boolean {
  if (key.startsWith(RESERVED_PREFIX)) return false;
  return keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));
}

export function withoutIgnored(tags: Tags, ignored: IgnoredTags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isIgnored(key, ignored)));
}
