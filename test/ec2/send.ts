import {
  AuthorizeSecurityGroupEgressCommand,
  type AuthorizeSecurityGroupEgressRequest,
  type EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
  type SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";

/** A rule's id, and what it is to become. */
export type Update = [id: string, rule: SecurityGroupRuleRequest];
/** A rule's id, and its text; without one, none. */
export type Description = [id: string, text?: string];

/** The rules in the order of the answer. */
export async function authorize(
  ec2: EC2Client,
  group: string,
  permissions: IpPermission[],
  more: Partial<AuthorizeSecurityGroupEgressRequest> = {},
): Promise<SecurityGroupRule[]> {
  const request = { GroupId: group, IpPermissions: permissions, ...more };
  return (await ec2.send(new AuthorizeSecurityGroupEgressCommand(request))).SecurityGroupRules ?? [];
}

export async function revoke(ec2: EC2Client, group: string, ids: string[]): Promise<void> {
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds: ids }));
}

export async function modify(ec2: EC2Client, group: string, updates: Update[]): Promise<void> {
  const rules = updates.map(([id, rule]) => ({ SecurityGroupRuleId: id, SecurityGroupRule: rule }));
  await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: group, SecurityGroupRules: rules }));
}

export async function describeAgain(
  ec2: EC2Client,
  group: string,
  descriptions: Description[],
): Promise<void> {
  const command = new UpdateSecurityGroupRuleDescriptionsEgressCommand({
    GroupId: group,
    SecurityGroupRuleDescriptions: descriptions.map(([id, text]) => ({
      SecurityGroupRuleId: id,
      ...(text !== undefined && { Description: text }),
    })),
  });
  await ec2.send(command);
}
