import type { IpPermission, SecurityGroupRuleRequest } from "@aws-sdk/client-ec2";
import { canonicalForm, type ModelRule } from "../test/rule/modelRule";
import type { SoakRule } from "./rules";

/** A rule in the form that EC2 takes to create it. */
export function permission({ model, description }: SoakRule): IpPermission {
  const more = description === undefined ? {} : { Description: description };
  const value = destinationOf(model);
  const ranges = {
    cidrIpv4: { IpRanges: [{ CidrIp: value, ...more }] },
    cidrIpv6: { Ipv6Ranges: [{ CidrIpv6: value, ...more }] },
    prefixListId: { PrefixListIds: [{ PrefixListId: value, ...more }] },
    referencedSecurityGroupId: { UserIdGroupPairs: [{ GroupId: value, ...more }] },
  };
  return { ...protocolAndPorts(model), ...ranges[model.destination.kind] };
}

/** A rule in the form that EC2 takes to modify another into it. */
export function ruleRequest({ model, description }: SoakRule): SecurityGroupRuleRequest {
  const value = destinationOf(model);
  const places = {
    cidrIpv4: { CidrIpv4: value },
    cidrIpv6: { CidrIpv6: value },
    prefixListId: { PrefixListId: value },
    referencedSecurityGroupId: { ReferencedGroupId: value },
  };
  return {
    ...protocolAndPorts(model),
    ...places[model.destination.kind],
    ...(description !== undefined && { Description: description }),
  };
}

function protocolAndPorts(model: ModelRule) {
  const IpProtocol = String(canonicalForm(model).ipProtocol);
  if (model.ports === undefined) return { IpProtocol };
  const [FromPort, ToPort] = model.ports;
  return { IpProtocol, FromPort, ToPort };
}

function destinationOf(model: ModelRule): string {
  return String(canonicalForm(model)[model.destination.kind]);
}
