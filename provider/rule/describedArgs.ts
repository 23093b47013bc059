import { isRecord, type UnknownRecord } from "./record";

/** A rule as EC2 describes it, in an answer or as the AWS CLI prints one. */
export interface DescribedRule {
  readonly GroupId?: unknown;
  readonly GroupOwnerId?: unknown;
  readonly IpProtocol?: unknown;
  readonly FromPort?: unknown;
  readonly ToPort?: unknown;
  readonly CidrIpv4?: unknown;
  readonly CidrIpv6?: unknown;
  readonly PrefixListId?: unknown;
  readonly ReferencedGroupInfo?: unknown;
}

/** The arguments of a described rule, still to be parsed, without its description and tags. */
export function describedArgs(rule: DescribedRule): UnknownRecord {
  const { ReferencedGroupInfo } = rule;
  const reference: UnknownRecord = isRecord(ReferencedGroupInfo) ? ReferencedGroupInfo : {};
  return {
    securityGroupId: rule.GroupId,
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: reference.GroupId,
    // EC2 names the owner even if it is the rule's own account.
    referencedSecurityGroupOwnerId: reference.UserId === rule.GroupOwnerId ? undefined : reference.UserId,
  };
}
