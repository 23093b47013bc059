import {
  AuthorizeSecurityGroupEgressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import fc from "fast-check";
import type { SourceDestination, SourceRule } from "../../../cli/typescript/source";
import { portName } from "../../../components/port";
import { OWNER_TAG } from "../../../provider/ec2/claim";
import type { Endpoint } from "../../ec2/endpoint";
import { anyPort, anyTags, descriptions, ipv4, ipv6 } from "../typescript/arbitraries";

/** Where rules of the endpoint's groups can lead. */
export interface Around {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
}

/** Other emulators have no groups in other accounts. */
const isStrict = process.env.EC2_ENDPOINT === undefined;

const PEER: SourceDestination = {
  kind: "securityGroup",
  value: "sg-0fedcba9876543210",
  ownerId: "210987654321",
};

/** Rules of every kind that a group can have beside its initial rule, or without it. */
export function rulesAround({ groups, lists }: Around): fc.Arbitrary<readonly SourceRule[]> {
  const to: fc.Arbitrary<SourceDestination> = fc.oneof(
    { weight: 4, arbitrary: ipv4 },
    { weight: 2, arbitrary: ipv6 },
    fc.constantFrom(...groups).map((value): SourceDestination => ({ kind: "securityGroup", value })),
    fc.constantFrom(...lists).map((value): SourceDestination => ({ kind: "prefixList", value })),
    ...(isStrict ? [fc.constant(PEER)] : []),
  );
  const rule = fc
    .record({ port: anyPort, to, description: descriptions, tags: anyTags })
    .map(({ port, to, description, tags }): SourceRule => {
      const isCidr = to.kind === "ipv4" || to.kind === "ipv6";
      const said = isCidr ? description : description?.replaceAll("&", "+");
      return { port, to, ...(said !== undefined && { description: said }), ...(tags && { tags }) };
    });
  const rules = fc.uniqueArray(rule, {
    minLength: 1,
    maxLength: 60,
    selector: ({ port, to }) => `${portName(port)} ${to.value}`,
  });
  // In many groups, all rules have the same tags, or none has any.
  const alike = fc
    .tuple(rules, anyTags)
    .map(([all, tags]) => all.map(({ tags: _, ...one }) => ({ ...one, ...(tags && { tags }) })));
  return fc.oneof(rules, alike);
}

/** Gives a new group these rules, and revokes its initial one. */
export async function fillGroup(
  endpoint: Endpoint,
  ec2: EC2Client,
  group: string,
  rules: readonly SourceRule[],
): Promise<void> {
  const SecurityGroupRuleIds = (await endpoint.rules(group)).map(
    ({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId,
  );
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds }));
  for (const rule of rules) {
    const Tags = Object.entries(rule.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: group,
        IpPermissions: [permission(rule)],
        ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "security-group-rule", Tags }] }),
      }),
    );
  }
}

function permission({ port, to, description }: SourceRule): IpPermission {
  const { protocol, fromPort = -1, toPort = -1 } = port;
  const said = description === undefined ? {} : { Description: description };
  const range = { IpProtocol: protocol, FromPort: fromPort, ToPort: toPort };
  switch (to.kind) {
    case "ipv4":
      return { ...range, IpRanges: [{ CidrIp: to.value, ...said }] };
    case "ipv6":
      return { ...range, Ipv6Ranges: [{ CidrIpv6: to.value, ...said }] };
    case "prefixList":
      return { ...range, PrefixListIds: [{ PrefixListId: to.value, ...said }] };
    case "securityGroup":
      return {
        ...range,
        UserIdGroupPairs: [
          { GroupId: to.value, ...(to.ownerId !== undefined && { UserId: to.ownerId }), ...said },
        ],
      };
  }
}

/** Rules by id, without their claims. */
export function withoutClaims(rules: readonly SecurityGroupRule[]) {
  const all = rules.map(({ Tags = [], ...rule }) => ({
    ...rule,
    Tags: Tags.filter(({ Key }) => Key !== OWNER_TAG).sort((one, other) =>
      (one.Key ?? "") < (other.Key ?? "") ? -1 : 1,
    ),
  }));
  return new Map(all.map((rule) => [rule.SecurityGroupRuleId, rule]));
}

/** Whether each of these rules carries a claim. */
export function areClaimed(rules: readonly SecurityGroupRule[]): boolean {
  return rules.every(({ Tags = [] }) => Tags.some(({ Key }) => Key === OWNER_TAG));
}
