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

/** Makes EC2 say whether it would allow the call, through an error either way. */
export interface DryRun {
  readonly DryRun?: true;
}

/** Creates rules of one group, all with the same tags, atomically. */
export function authorizeCommand(groupId: string, rules: readonly RuleInputs[], tags: Tags, dryRun?: DryRun) {
  const Tags = tagList(tags);
  return new AuthorizeSecurityGroupEgressCommand({
    GroupId: groupId,
    IpPermissions: rules.map(permission),
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
    ...dryRun,
  });
}

/** Changes rules: a rule with the same identity gets a new description, and an omitted rule is removed. */
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
    // EC2 ignores ports that mean nothing, and returns them like this; some emulators fail without them.
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
    // Send none if ports mean nothing: unlike Authorize, this call refuses ports for all protocols.
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
