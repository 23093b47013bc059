import { type Failure, quote } from "../../rule/failure";
import { type IgnoredTags, NONE_IGNORED, withoutIgnored } from "../../rule/ignoredTags";
import { isRecord } from "../../rule/record";
import { parseTags, type Tags } from "../../rule/tags";
import { isUnknown } from "../../rule/unknown";
import { type GetConfig, parseTexts, readJson } from "./read";

/** The stack's settings for all tags. */
export interface TagSettings {
  /** The tags without ignored ones. */
  readonly defaultTags: Tags;
  readonly ignoredTags: IgnoredTags;
}

export function readTagSettings(get: GetConfig, failures: Failure[]): TagSettings {
  const ignoredTags = readIgnoredTags(get, failures);
  return { ignoredTags, defaultTags: withoutIgnored(readDefaultTags(get, failures), ignoredTags) };
}

function readDefaultTags(get: GetConfig, failures: Failure[]): Tags {
  const value = readJson("aws:defaultTags", get, failures);
  if (value === undefined) return {};
  if (!isRecord(value)) {
    failures.push({
      property: "aws:defaultTags",
      reason: `${quote(value)} is not of the form {"tags": {…}}`,
    });
    return {};
  }
  const found: Failure[] = [];
  const tags = parseTags(value.tags, found);
  failures.push(
    ...found.map(({ property, reason }) => ({ property: `aws:defaultTags.${property}`, reason })),
  );
  return tags === undefined || isUnknown(tags) ? {} : tags;
}

function readIgnoredTags(get: GetConfig, failures: Failure[]): IgnoredTags {
  const property = "aws:ignoreTags";
  const value = readJson(property, get, failures);
  if (value === undefined) return NONE_IGNORED;
  if (!isRecord(value)) {
    const reason = `${quote(value)} is not of the form {"keys": […], "keyPrefixes": […]}`;
    failures.push({ property, reason });
    return NONE_IGNORED;
  }
  return {
    keys: parseTexts(`${property}.keys`, value.keys, failures),
    keyPrefixes: parseTexts(`${property}.keyPrefixes`, value.keyPrefixes, failures),
  };
}
