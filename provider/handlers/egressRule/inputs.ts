import { type Failure, quote } from "../../rule/failure";
import { parseRuleId } from "../../rule/ids";
import type { IgnoredTags } from "../../rule/ignoredTags";
import { parse } from "../../rule/parse";
import { isGiven, isRecord, withoutUndefined } from "../../rule/record";
import type { RuleInputs } from "../../rule/rule";
import { MOST_TAGS, sortedTags, type Tags } from "../../rule/tags";
import { isUnknown, UNKNOWN, type Unknown } from "../../rule/unknown";
import { refuseIgnored, regionOf } from "../stackDefaults";

/** The arguments of an `EgressRule` in canonical form, as check returns them and state keeps them. */
export interface EgressRuleInputs extends RuleInputs {
  readonly region: string;
  /** The rule's own tags and those of `aws:defaultTags`. */
  readonly tagsAll: Tags | Unknown;
  /** Whether to take over an existing rule, or which one, instead of failing on the duplicate. */
  readonly adopt?: boolean | string;
  /** The stack, if it claims its rules: `shop/prod`. */
  readonly owner?: string;
}

/** What an `EgressRule` takes from its stack by default. */
export interface Defaults {
  readonly region: string | undefined;
  readonly tags: Tags;
  readonly ignoredTags: IgnoredTags;
}

/** The canonical inputs, or every failure. */
export function parseInputs(
  args: unknown,
  defaults: Defaults,
): { inputs: EgressRuleInputs } | { failures: readonly Failure[] } {
  const {
    region: givenRegion,
    tagsAll: _,
    adopt: givenAdopt,
    owner: givenOwner,
    ...rule
  } = isRecord(args) ? args : {};
  const parsed = parse(rule);
  const failures = "failures" in parsed ? [...parsed.failures] : [];

  const region = regionOf(givenRegion, defaults.region, failures);
  const adopt = parseAdopt(givenAdopt, failures);
  const owner = typeof givenOwner === "string" ? givenOwner : undefined;
  if ("failures" in parsed) return { failures };

  const tagsAll = withDefaults(parsed.inputs.tags, defaults.tags);
  refuseIgnored(parsed.inputs.tags, defaults.ignoredTags, "tags", failures);
  checkNumberOfTags(tagsAll, owner, failures);
  if (failures.length > 0 || region === undefined) return { failures };
  return { inputs: { ...parsed.inputs, region, tagsAll, ...withoutUndefined({ adopt, owner }) } };
}

function parseAdopt(value: unknown, failures: Failure[]): boolean | string | undefined {
  if (!isGiven(value) || value === false || value === "false") return undefined;
  if (value === true || value === "true") return true;
  if (isUnknown(value)) return UNKNOWN;
  return parseRuleId(value, () =>
    failures.push({
      property: "adopt",
      reason: `must be true or a rule id (sgr-…); got ${quote(value)}`,
    }),
  );
}

function withDefaults(tags: Tags | Unknown | undefined, defaults: Tags): Tags | Unknown {
  return isUnknown(tags) ? UNKNOWN : sortedTags(Object.entries({ ...defaults, ...tags }));
}

function checkNumberOfTags(tags: Tags | Unknown, owner: string | undefined, failures: Failure[]): void {
  if (isUnknown(tags)) return;
  const count = Object.keys(tags).length;
  const room = owner === undefined ? MOST_TAGS : MOST_TAGS - 1;
  if (count <= room) return;
  const reason = `has ${count} entries with those of aws:defaultTags: keep at most ${room}`;
  failures.push({ property: "tags", reason });
}
