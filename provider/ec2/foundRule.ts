import type { SecurityGroupRule, Tag } from "@aws-sdk/client-ec2";
import { controllerTag } from "../rule/controllers";
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

/** What a rule is called. */
interface NamedRule {
  readonly id: string;
  readonly arn: string;
}

/** A rule as EC2 has it, in canonical form. */
export interface FoundRule extends NamedRule {
  readonly isEgress: boolean;
  /** Without tags, and with the account of a referenced group only where that is another's. */
  readonly inputs: RuleInputs;
  /** All but the claim, AWS's own and those that are ignored. */
  readonly tags: Tags;
  readonly claim?: string;
  /** The tag by which a controller keeps it, if one does. */
  readonly controllerTag?: string;
}

/** A rule that was made just now, which an answer tells even where the rest of it cannot be read. */
export interface MadeRule extends NamedRule {
  readonly description?: string;
  /** All of them, the claim included. */
  readonly tags: Tags;
}

/**
 * Reads a new rule out of the answer to Authorize, that asked for these tags; undefined where it is not sure to be new.
 *
 * In place of a Duplicate, emulators answer with the rule that is there: its tags, if it has any, are others.
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

/** All but AWS's own. */
function tagsIn(tags: readonly Tag[]): ReadonlyMap<string, string> {
  const entries = tags.map(({ Key = "", Value = "" }) => [Key, Value] as const);
  return new Map(entries.filter(([key]) => !key.startsWith("aws:")));
}

/** A rule of which no more can be read than what tells whose it is. */
export interface UnreadableRule {
  readonly id: string;
  readonly isEgress: boolean;
  readonly claim?: string;
  /** Why the rest cannot be read. */
  readonly error: EgressError;
}

/** Reads a rule out of an answer of EC2, or says why it cannot be read. */
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

/** Reads a rule out of an answer of EC2; throws where the answer is not one that EC2 gives. */
export function foundRule(rule: SecurityGroupRule, target: Target): FoundRule {
  const { region, ignoredTags } = target;
  const { ReferencedGroupInfo: reference } = rule;
  const named = namedRule(rule, region);
  const parsed = parse({
    securityGroupId: rule.GroupId,
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: reference?.GroupId,
    referencedSecurityGroupOwnerId: reference?.UserId === rule.GroupOwnerId ? undefined : reference?.UserId,
  });
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
    // EC2's description is taken as it is: it may be older than today's rules for descriptions.
    inputs: { ...parsed.inputs, ...withoutUndefined({ description: rule.Description || undefined }) },
    tags: sortedTags(others),
    ...withoutUndefined({
      claim: tags.get(OWNER_TAG),
      controllerTag: controllerTag(all.map(({ Key = "" }) => Key)),
    }),
  };
}
