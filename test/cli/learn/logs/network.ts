/** The network of the generated logs. */
export const ACCOUNT = "123456789012";
export const GROUPS = {
  web: "sg-00000000000000a01",
  database: "sg-00000000000000db1",
  endpoints: "sg-00000000000000e41",
  balancer: "sg-00000000000000ba1",
  everyone: "sg-00000000000000def",
} as const;

interface Eni {
  readonly id: string;
  readonly groups: readonly (keyof typeof GROUPS)[];
  readonly addresses: readonly string[];
}

export const WEB: readonly [Eni, ...Eni[]] = [
  { id: "eni-0000000000000aa01", groups: ["web"], addresses: ["10.0.1.11", "2001:db8:1::11"] },
  { id: "eni-0000000000000aa02", groups: ["web"], addresses: ["10.0.1.12", "10.0.1.112"] },
  { id: "eni-0000000000000aa03", groups: ["web"], addresses: ["10.0.1.13"] },
];
/** It is in two groups; `everyone` has more interfaces. */
export const DATABASE: readonly [Eni, ...Eni[]] = [
  { id: "eni-0000000000000db01", groups: ["everyone", "database"], addresses: ["10.0.2.21"] },
  {
    id: "eni-0000000000000db02",
    groups: ["database", "everyone"],
    addresses: ["10.0.2.22", "2001:db8:2::22"],
  },
];
export const ENDPOINTS: readonly [Eni, ...Eni[]] = [
  { id: "eni-0000000000000e401", groups: ["endpoints", "everyone"], addresses: ["10.0.4.31", "10.0.4.131"] },
];
const BALANCER: Eni = {
  id: "eni-0000000000000ba01",
  groups: ["balancer", "everyone"],
  addresses: ["10.0.3.41"],
};
/** NAT gateways have no group. */
export const NAT: Eni = { id: "eni-0000000000000a701", groups: [], addresses: ["10.0.0.250"] };

/** The output of `aws ec2 describe-network-interfaces`. */
export function describedInterfaces() {
  const all = [...WEB, ...DATABASE, ...ENDPOINTS, BALANCER, NAT];
  return { NetworkInterfaces: all.map((eni) => described(eni)) };
}

function described({ id, groups, addresses }: Eni) {
  const ipv4 = addresses.filter((address) => !address.includes(":"));
  return {
    NetworkInterfaceId: id,
    VpcId: "vpc-0123456789abcdef0",
    OwnerId: ACCOUNT,
    AvailabilityZone: "us-east-1a",
    Groups: groups.map((name) => ({ GroupId: GROUPS[name], GroupName: name })),
    PrivateIpAddress: ipv4[0],
    PrivateIpAddresses: ipv4.map((PrivateIpAddress) => ({ PrivateIpAddress })),
    Ipv6Addresses: addresses.filter((one) => one.includes(":")).map((Ipv6Address) => ({ Ipv6Address })),
  };
}
