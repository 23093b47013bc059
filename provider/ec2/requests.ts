import type {
  AuthorizeSecurityGroupEgressCommandInput,
  CreateTagsCommandInput,
  DeleteTagsCommandInput,
  IpPermission,
  ModifySecurityGroupRulesCommandInput,
  RevokeSecurityGroupEgressCommandInput,
  SecurityGroupRuleRequest,
  Tag,
} from "@aws-sdk/client-ec2";
import { withoutUndefined } from "../rule/record";
import type { RuleInputs } from "../rule/rule";
import type { Tags } from "../rule/tags";
import { OWNER_TAG } from "./mark";

/** A rule that is there already, by its id, and what it is to be. */
export interface RuleUpdate {
  readonly id: string;
  readonly inputs: RuleInputs;
}

/** Rules of one group, with the tags and the mark of each of them, which EC2 takes in one piece with them. */
export function authorizeRequest(
  groupId: string,
  rules: readonly RuleInputs[],
  tags: Tags,
  owner: string | undefined,
): AuthorizeSecurityGroupEgressCommandInput {
  const Tags = tagList(tags, owner);
  return {
    GroupId: groupId,
    IpPermissions: rules.map(permission),
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
  };
}

/** Rules as they are to be: one whose identity stays gets another description, and one that is left out is removed. */
export function modifyRequest(
  groupId: string,
  updates: readonly RuleUpdate[],
): ModifySecurityGroupRulesCommandInput {
  return {
    GroupId: groupId,
    SecurityGroupRules: updates.map(({ id, inputs }) => ({
      SecurityGroupRuleId: id,
      SecurityGroupRule: ruleRequest(inputs),
    })),
  };
}

export function setTagsRequest(
  ruleIds: readonly string[],
  tags: Tags,
  owner: string | undefined,
): CreateTagsCommandInput {
  return { Resources: [...ruleIds], Tags: tagList(tags, owner) };
}

export function removeTagsRequest(
  ruleIds: readonly string[],
  keys: readonly string[],
): DeleteTagsCommandInput {
  return { Resources: [...ruleIds], Tags: keys.map((Key) => ({ Key })) };
}

export function revokeRequest(
  groupId: string,
  ruleIds: readonly string[],
): RevokeSecurityGroupEgressCommandInput {
  return { GroupId: groupId, SecurityGroupRuleIds: [...ruleIds] };
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
