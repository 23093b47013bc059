import type {
  AuthorizeSecurityGroupEgressCommandInput,
  CreateTagsCommandInput,
  DeleteTagsCommandInput,
  IpPermission,
  ModifySecurityGroupRulesCommandInput,
  RevokeSecurityGroupEgressCommandInput,
  SecurityGroupRuleRequest,
  Tag,
  UpdateSecurityGroupRuleDescriptionsEgressCommandInput,
} from "@aws-sdk/client-ec2";
import { withoutUndefined } from "../rule/record";
import type { RuleInputs } from "../rule/rule";
import type { Tags } from "../rule/tags";
import { OWNER_TAG } from "./mark";

/** One rule, with its tags and its mark, which EC2 takes in one piece with it. */
export function authorizeRequest(
  inputs: RuleInputs,
  tags: Tags,
  owner: string | undefined,
): AuthorizeSecurityGroupEgressCommandInput {
  const Tags = tagList(tags, owner);
  return {
    GroupId: inputs.securityGroupId,
    IpPermissions: [permission(inputs)],
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
  };
}

export function modifyRequest(ruleId: string, inputs: RuleInputs): ModifySecurityGroupRulesCommandInput {
  return {
    GroupId: inputs.securityGroupId,
    SecurityGroupRules: [{ SecurityGroupRuleId: ruleId, SecurityGroupRule: ruleRequest(inputs) }],
  };
}

export function describeRequest(
  ruleId: string,
  inputs: RuleInputs,
): UpdateSecurityGroupRuleDescriptionsEgressCommandInput {
  return {
    GroupId: inputs.securityGroupId,
    // Left out, EC2 removes the description.
    SecurityGroupRuleDescriptions: [
      withoutUndefined({ SecurityGroupRuleId: ruleId, Description: inputs.description }),
    ],
  };
}

export function setTagsRequest(
  ruleId: string,
  tags: Tags,
  owner: string | undefined,
): CreateTagsCommandInput {
  return { Resources: [ruleId], Tags: tagList(tags, owner) };
}

export function removeTagsRequest(ruleId: string, keys: readonly string[]): DeleteTagsCommandInput {
  return { Resources: [ruleId], Tags: keys.map((Key) => ({ Key })) };
}

export function revokeRequest(
  ruleId: string,
  securityGroupId: string,
): RevokeSecurityGroupEgressCommandInput {
  return { GroupId: securityGroupId, SecurityGroupRuleIds: [ruleId] };
}

function tagList(tags: Tags, owner: string | undefined): Tag[] {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return owner === undefined ? list : [{ Key: OWNER_TAG, Value: owner }, ...list];
}

function permission(inputs: RuleInputs): IpPermission {
  const Description = inputs.description;
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, referencedSecurityGroupOwnerId } =
    inputs;
  const only = <T extends object>(value: string | undefined, entry: T) =>
    value === undefined ? undefined : [withoutUndefined({ ...entry, Description })];
  return withoutUndefined({
    IpProtocol: inputs.ipProtocol,
    ...portRange(inputs),
    IpRanges: only(cidrIpv4, { CidrIp: cidrIpv4 }),
    Ipv6Ranges: only(cidrIpv6, { CidrIpv6: cidrIpv6 }),
    PrefixListIds: only(prefixListId, { PrefixListId: prefixListId }),
    UserIdGroupPairs: only(referencedSecurityGroupId, {
      GroupId: referencedSecurityGroupId,
      UserId: referencedSecurityGroupOwnerId,
    }),
  });
}

function ruleRequest(inputs: RuleInputs): SecurityGroupRuleRequest {
  return withoutUndefined({
    IpProtocol: inputs.ipProtocol,
    ...portRange(inputs),
    CidrIpv4: inputs.cidrIpv4,
    CidrIpv6: inputs.cidrIpv6,
    PrefixListId: inputs.prefixListId,
    ReferencedGroupId: inputs.referencedSecurityGroupId,
    Description: inputs.description,
  });
}

function portRange({ fromPort, toPort }: RuleInputs): { FromPort?: number; ToPort?: number } {
  return typeof fromPort === "number" && typeof toPort === "number"
    ? { FromPort: fromPort, ToPort: toPort }
    : {};
}
