import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { controllerTag } from "../rule/controllerTag";
import { failuresText, quote } from "../rule/failure";
import { isIgnored } from "../rule/ignoredTags";
import { parse } from "../rule/parse";
import { withoutUndefined } from "../rule/record";
import type { RuleInputs } from "../rule/rule";
import { sortedTags, type Tags } from "../rule/tags";
import { ruleArn } from "./arn";
import { OWNER_TAG } from "./claim";
import { EgressError } from "./errors";
import type { Target } from "./target";

/** A rule as EC2 has it, in canonical form. */
export interface FoundRule extends MadeRule {
  readonly isEgress: boolean;
  /** Without tags, and with the account of a referenced group only where that is another's. */
  readonly inputs: RuleInputs;
  /** All but the claim, AWS's own and those that are ignored. */
  readonly tags: Tags;
  readonly claim?: string;
  /** The tag by which a controller keeps it, if one does. */
  readonly controllerTag?: string;
}

/** What a new rule is named, which an answer tells even where the rest of it cannot be read. */
export interface MadeRule {
  readonly id: string;
  readonly arn: string;
  /** Whether EC2 tells its tags, and no claim is among them. */
  readonly isUnclaimed: boolean;
}

export function madeRule(rule: SecurityGroupRule, region: string): MadeRule | undefined {
  const { SecurityGroupRuleId: id, SecurityGroupRuleArn: arn, GroupOwnerId = "", Tags: tags } = rule;
  if (!id?.startsWith("sgr-")) return undefined;
  const isUnclaimed = tags !== undefined && !tags.some(({ Key }) => Key === OWNER_TAG);
  return { id, arn: arn ?? ruleArn(region, GroupOwnerId, id), isUnclaimed };
}

/** Reads a rule out of an answer of EC2; throws where the answer is not one that EC2 gives. */
export function foundRule(
  rule: SecurityGroupRule,
  { region, ignoredTags }: Omit<Target, "client">,
): FoundRule {
  const { ReferencedGroupInfo: reference } = rule;
  const made = madeRule(rule, region);
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
  if (made === undefined || "failures" in parsed) {
    const why = "failures" in parsed ? failuresText(parsed.failures) : "no id";
    throw new EgressError(`EC2 answered with a rule that cannot be read (${why}): ${quote(rule)}`);
  }
  const tags = new Map(rule.Tags?.map(({ Key = "", Value = "" }) => [Key, Value]));
  const others = [...tags].filter(
    ([key]) => key !== OWNER_TAG && !key.startsWith("aws:") && !isIgnored(key, ignoredTags),
  );
  return {
    ...made,
    isEgress: rule.IsEgress === true,
    // EC2's description is taken as it is: it may be older than today's rules for descriptions.
    inputs: { ...parsed.inputs, ...withoutUndefined({ description: rule.Description || undefined }) },
    tags: sortedTags(others),
    ...withoutUndefined({ claim: tags.get(OWNER_TAG), controllerTag: controllerTag(tags.keys()) }),
  };
}
