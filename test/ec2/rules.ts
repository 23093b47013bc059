import { EC2ServiceException, type IpPermission, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { known } from "../known";

export const account = "123456789012";
export const unknownGroup = "sg-0123456789abcdef0";
export const unknownRule = "sgr-0123456789abcdef0";
export const unknownList = "pl-0123456789abcdef0";

export function tcp(port: number, destination: Partial<IpPermission>): IpPermission {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, ...destination };
}

export function ipv4(...cidrs: string[]): Partial<IpPermission> {
  return { IpRanges: cidrs.map((cidr) => ({ CidrIp: cidr })) };
}

export function ipv6(...cidrs: string[]): Partial<IpPermission> {
  return { Ipv6Ranges: cidrs.map((cidr) => ({ CidrIpv6: cidr })) };
}

export function hosts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}/32`);
}

export function hosts6(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `2001:db8::${(index + 1).toString(16)}/128`);
}

export function idOf(rule: SecurityGroupRule): string {
  return known(rule.SecurityGroupRuleId);
}

/** By port and destination: EC2 promises no order in which it answers with rules. */
export function inOrder(rules: SecurityGroupRule[] = []): SecurityGroupRule[] {
  const place = (rule: SecurityGroupRule) => {
    const peer = rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId;
    return [rule.FromPort, rule.CidrIpv4 ?? "x", rule.CidrIpv6 ?? "x", peer, rule.GroupId].join(" ");
  };
  return [...rules].sort((one, two) => place(one).localeCompare(place(two), "en", { numeric: true }));
}

/** The error's name and message, in one line that a table can hold a pattern for. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (reason) => reason,
  );
  return error instanceof EC2ServiceException ? `${error.name}: ${error.message}` : `no refusal: ${error}`;
}
