import type { SecurityGroupRule, Tag } from "@aws-sdk/client-ec2";
import { controllerTag } from "../rule/controllers";
import { describedArgs } from "../rule/describedArgs";
import { failuresText, quote } from "../rule/failure";
import { isIgnored } from "../rule/ignoredTags";
import { parse } from "../rule/parse";
import { withoutUndefined } from "../rule/record";
import type { RuleInputs } from "../rule/rule";
import { sortedTags, type Tags } from "../rule/tags";
import { ruleArn } from "./arn";
import { OWNER_TAG } from "./claim";
import { endpointName } from "./client/endpointName";
import { EgressError } from "./errors";
import type { Target } from "./target";

interface NamedRule {
  readonly id: string;
  readonly arn: string;
}

/** A rule as EC2 has it, in canonical form. */
export interface FoundRule extends NamedRule {
  readonly isEgress: boolean;
  /** Without tags; with the account of a referenced group only if that is a different one. */
  readonly inputs: RuleInputs;
  /** All tags except the claim, AWS's own and ignored ones. */
  readonly tags: Tags;
  readonly claim?: string;
  /** The tag of the controller that owns the rule, if any. */
  readonly controllerTag?: string;
}

/** A new rule, from an answer that may be otherwise unreadable. */
export interface MadeRule extends NamedRule {
  readonly description?: string;
  /** All tags, including the claim. */
  readonly tags: Tags;
}

/**
 * Reads a new rule from the answer to an Authorize with these tags; undefined if it may be an older rule.
 *
 * Instead of a Duplicate error, some emulators return the existing rule: its tags, if any, differ.
 */
export function madeRule(rule: SecurityGroupRule, region: string, asked: Tags): MadeRule | undefined {
  const named = namedRule(rule, region);
  const told = rule.Tags === undefined ? undefined : tagsIn(rule.Tags);
  const isNew =
    told === undefined
      ? asked[OWNER_TAG] === undefined
      : [...told].every(([key, value]) => asked[key] === value);
  if (named === undefined || !isNew) return undefined;
  const tags = told === undefined ? asked : sortedTags([...told]);
  return { ...named, ...withoutUndefined({ description: rule.Description || undefined }), tags };
}

function namedRule(rule: SecurityGroupRule, region: string): NamedRule | undefined {
  const { SecurityGroupRuleId: id, SecurityGroupRuleArn: arn, GroupOwnerId = "" } = rule;
  return id?.startsWith("sgr-") ? { id, arn: arn ?? ruleArn(region, GroupOwnerId, id) } : undefined;
}

/** All tags except AWS's own. */
function tagsIn(tags: readonly Tag[]): ReadonlyMap<string, string> {
  const entries = tags.map(({ Key = "", Value = "" }) => [Key, Value] as const);
  return new Map(entries.filter(([key]) => !key.startsWith("aws:")));
}

/** An unreadable rule, with what identifies its owner. */
export interface UnreadableRule {
  readonly id: string;
  readonly isEgress: boolean;
  readonly claim?: string;
  /** Why the rest is unreadable. */
  readonly error: EgressError;
}

/** Reads a rule from an answer of EC2, or says why it is unreadable. */
export function readRule(rule: SecurityGroupRule, target: Target): FoundRule | UnreadableRule {
  try {
    return foundRule(rule, target);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const { SecurityGroupRuleId: id = "", IsEgress, Tags = [] } = rule;
    return {
      id,
      isEgress: IsEgress === true,
      ...withoutUndefined({ claim: tagsIn(Tags).get(OWNER_TAG) }),
      error,
    };
  }
}

/** Reads a rule from an answer of EC2; throws if EC2 could not have given that answer. */
export function foundRule(rule: SecurityGroupRule, target: Target): FoundRule {
  const { region, ignoredTags } = target;
  const named = namedRule(rule, region);
  const parsed = parse(describedArgs(rule));
  if (named === undefined || "failures" in parsed) {
    const why = "failures" in parsed ? failuresText(parsed.failures) : "no id";
    throw new EgressError(
      `${endpointName(target)} returned a rule that cannot be parsed (${why}): ${quote(rule)}`,
    );
  }
  const all = rule.Tags ?? [];
  const tags = tagsIn(all);
  const others = [...tags].filter(([key]) => key !== OWNER_TAG && !isIgnored(key, ignoredTags));
  return {
    ...named,
    isEgress: rule.IsEgress === true,
    // Accept EC2's description as is: it may predate today's rules for descriptions.
    inputs: { ...parsed.inputs, ...withoutUndefined({ description: rule.Description || undefined }) },
    tags: sortedTags(others),
    ...withoutUndefined({
      claim: tags.get(OWNER_TAG),
      controllerTag: controllerTag(all.map(({ Key = "" }) => Key)),
    }),
  };
}
