import type * as aws from "@pulumi/aws";
import type { Destination, EgressRule, GroupReference } from "../../index";

/** Valid and invalid groups and destinations: type-checked only. */
export const kinds = (
  group: aws.ec2.SecurityGroup,
  byDefault: aws.ec2.DefaultSecurityGroup,
  read: aws.ec2.GetSecurityGroupResult,
  list: aws.ec2.ManagedPrefixList,
  found: aws.ec2.GetManagedPrefixListResult,
  network: aws.ec2.Vpc,
  subnet: aws.ec2.Subnet,
  server: aws.ec2.Instance,
  single: EgressRule,
) => {
  const groups: GroupReference[] = [group, byDefault, read, group.id, { id: "sg-0123456789abcdef0" }];
  const destinations: Destination[] = [...groups, list, found];
  // @ts-expect-error: a VPC is not a group
  groups.push(network);
  // @ts-expect-error: a subnet is not a group
  groups.push(subnet);
  // @ts-expect-error: a prefix list is not a group
  groups.push(list);
  // @ts-expect-error: a resource that has groups is not a group
  groups.push(server);
  // @ts-expect-error: a rule is not a group
  groups.push(single);
  // @ts-expect-error: a VPC is not a destination
  destinations.push(network);
  return [groups, destinations];
};
