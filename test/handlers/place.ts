import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeManagedPrefixListsCommand,
  type EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
  type SecurityGroupRuleRequest,
} from "@aws-sdk/client-ec2";
import type { Endpoint } from "../ec2/endpoint";
import { known } from "../known";
import type { Props } from "./handler";

/** The account of every rule that the endpoint creates. */
const ACCOUNT = "123456789012";
const PEER_ACCOUNT = "210987654321";
const PEER_GROUP = "sg-0fedcba9876543210";

export const OWNER_TAG = "pulumi-aws-egress:owner";
/** The stack under test. */
export const STACK = "shop/test";
/** The claim on its rules, from any run. */
export const CLAIM: unknown = expect.stringMatching(/^shop\/test@[0-9a-z]{8}$/);
/** The claim on its rules from an earlier run. */
export const OLD_CLAIM = "shop/test@0ldrun00";
/** The claim on another stack's rules. */
export const OTHERS_CLAIM = "acme/shop/prod@7f3k2m9q";

/** Two groups, and the other possible destinations. */
export interface Place {
  readonly ec2: EC2Client;
  readonly vpcId: string;
  readonly group: string;
  readonly other: string;
  readonly s3: string;
  readonly dynamodb: string;
  /** The outbound rules of the group. */
  readonly rules: () => Promise<HeldRule[]>;
}

/** A rule in EC2, with the names of the arguments; without undefined values. */
export interface HeldRule extends Props {
  readonly securityGroupRuleId: string;
  /** All of them, including the claim. */
  readonly tags: { readonly [key: string]: string };
}

export async function makePlace(endpoint: Endpoint): Promise<Place> {
  const ec2 = endpoint.client();
  const { vpcId, groupIds } = await endpoint.makeNetwork();
  const [group, other] = groupIds;
  const rules = async () => (await endpoint.rules(group)).map(heldRule);
  return { ec2, vpcId, group, other, ...(await findLists(ec2)), rules };
}

/** Revokes every outbound rule of the group, including its initial one. */
export async function clear({ ec2, group, rules }: Place): Promise<void> {
  const ids = (await rules()).map((rule) => rule.securityGroupRuleId);
  if (ids.length === 0) return;
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds: ids }));
}

async function findLists(ec2: EC2Client): Promise<{ s3: string; dynamodb: string }> {
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  const named = (name: string) =>
    known(
      PrefixLists.find((list) => list.PrefixListName === `com.amazonaws.us-east-1.${name}`)?.PrefixListId,
    );
  return { s3: named("s3"), dynamodb: named("dynamodb") };
}

function heldRule(rule: SecurityGroupRule): HeldRule {
  const { ReferencedGroupInfo: reference } = rule;
  const held = {
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: reference?.GroupId,
    referencedSecurityGroupOwnerId: reference?.UserId === ACCOUNT ? undefined : reference?.UserId,
    description: rule.Description,
  };
  const parts = Object.entries(held).filter(([, part]) => part !== undefined);
  return {
    ...Object.fromEntries(parts),
    securityGroupRuleId: known(rule.SecurityGroupRuleId),
    tags: Object.fromEntries(rule.Tags?.map(({ Key = "", Value = "" }) => [Key, Value]) ?? []),
  };
}

export const KINDS = ["IPv4", "IPv6", "a prefix list", "a group", "another account's group"] as const;
export type Kind = (typeof KINDS)[number];

/** The argument for a destination of this kind. */
export function destination(kind: Kind, { other, s3 }: Place): Props {
  switch (kind) {
    case "IPv4":
      return { cidrIpv4: "10.0.0.0/16" };
    case "IPv6":
      return { cidrIpv6: "2001:db8::/32" };
    case "a prefix list":
      return { prefixListId: s3 };
    case "a group":
      return { referencedSecurityGroupId: other };
    case "another account's group":
      return { referencedSecurityGroupId: PEER_GROUP, referencedSecurityGroupOwnerId: PEER_ACCOUNT };
  }
}

/** The argument for another destination of the same kind, which EC2 accepts in place of the first. */
export function otherDestination(kind: Kind, { group, dynamodb }: Place): Props {
  switch (kind) {
    case "IPv4":
      return { cidrIpv4: "10.1.0.0/16" };
    case "IPv6":
      return { cidrIpv6: "2001:db8:1::/48" };
    case "a prefix list":
      return { prefixListId: dynamodb };
    case "a group":
    case "another account's group":
      return { referencedSecurityGroupId: group };
  }
}

/** A rule that someone else created behind the program's back. */
export async function authorize(
  { ec2, group }: Place,
  permission: IpPermission,
  tags: { readonly [key: string]: string } = {},
): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const answer = await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: group,
      IpPermissions: [permission],
      ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
    }),
  );
  return known(answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId);
}

/** `tcp` on one port to an IPv4 range. */
export function tcp(port: number, CidrIp: string, Description?: string): IpPermission {
  const range = Description === undefined ? { CidrIp } : { CidrIp, Description };
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [range] };
}

/** Changes a rule behind the program's back; an omitted description is removed. */
export async function modify(
  { ec2, group }: Place,
  id: string,
  SecurityGroupRule: SecurityGroupRuleRequest,
): Promise<void> {
  const SecurityGroupRules = [{ SecurityGroupRuleId: id, SecurityGroupRule }];
  await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: group, SecurityGroupRules }));
}

export async function setTag({ ec2 }: Place, id: string, Key: string, Value: string): Promise<void> {
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
}

export async function removeTag({ ec2 }: Place, id: string, Key: string): Promise<void> {
  await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] }));
}

export async function revoke({ ec2, group }: Place, id: string): Promise<void> {
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds: [id] }));
}
