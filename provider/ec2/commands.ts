import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRuleRequest,
} from "@aws-sdk/client-ec2";
import type { RuleUpdate } from "../rule/plan/planStep";
import { withoutUndefined } from "../rule/record";
import type { RuleInputs } from "../rule/rule";
import type { Tags } from "../rule/tags";

/** Sent along, it makes EC2 say whether the call would be allowed, by an error either way. */
export interface DryRun {
  readonly DryRun?: true;
}

/** Makes rules of one group, and gives the same tags to all of them in one piece with them. */
export function authorizeCommand(groupId: string, rules: readonly RuleInputs[], tags: Tags, dryRun?: DryRun) {
  const Tags = tagList(tags);
  return new AuthorizeSecurityGroupEgressCommand({
    GroupId: groupId,
    IpPermissions: rules.map(permission),
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
    ...dryRun,
  });
}

/** Changes rules: one whose identity stays gets another description, and one that is left out is removed. */
export function modifyCommand(groupId: string, updates: readonly RuleUpdate[], dryRun?: DryRun) {
  return new ModifySecurityGroupRulesCommand({
    GroupId: groupId,
    SecurityGroupRules: updates.map(({ id, inputs }) => ({
      SecurityGroupRuleId: id,
      SecurityGroupRule: ruleRequest(inputs),
    })),
    ...dryRun,
  });
}

export function setTagsCommand(ruleIds: readonly string[], tags: Tags, dryRun?: DryRun) {
  return new CreateTagsCommand({ Resources: [...ruleIds], Tags: tagList(tags), ...dryRun });
}

export function removeTagsCommand(ruleIds: readonly string[], keys: readonly string[], dryRun?: DryRun) {
  return new DeleteTagsCommand({ Resources: [...ruleIds], Tags: keys.map((Key) => ({ Key })), ...dryRun });
}

export function revokeCommand(groupId: string, ruleIds: readonly string[], dryRun?: DryRun) {
  return new RevokeSecurityGroupEgressCommand({
    GroupId: groupId,
    SecurityGroupRuleIds: [...ruleIds],
    ...dryRun,
  });
}

function tagList(tags: Tags) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function permission(inputs: RuleInputs): IpPermission {
  const { description: Description, cidrIpv4, cidrIpv6, prefixListId } = inputs;
  const { referencedSecurityGroupId, referencedSecurityGroupOwnerId } = inputs;
  const only = <T extends object>(value: string | undefined, entry: T) =>
    value === undefined ? undefined : [withoutUndefined({ ...entry, Description })];
  return withoutUndefined({
    IpProtocol: inputs.ipProtocol,
    // Where ports mean nothing EC2 ignores them, and reads them back so; some emulators fail without.
    ...{ FromPort: -1, ToPort: -1 },
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
    // None where ports mean nothing: unlike Authorize, this call refuses ports beside all protocols.
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
