import { DATABASE, ENDPOINTS, GROUPS } from "./network";
import type { Random } from "./random";

/** Something that a group needs: rules, and the addresses that their traffic reaches. */
export interface Need {
  readonly protocol: number;
  readonly port: number;
  readonly rules: readonly string[];
  readonly addresses: readonly [string, ...string[]];
  readonly awsService?: string;
  /** Whether no response comes back. */
  readonly isOneWay?: true;
  /** The source port, if it is always the same. */
  readonly fromPort?: number;
}

/** A random selection of needs; the rules are those that the tool prints. */
export function anyPolicy(random: Random): Need[] {
  const partner = `198.51.100.${random.int(1, 254)}`;
  const block = 16 * random.int(0, 15);
  const all: Need[] = [
    { ...TCP, port: 5432, rules: [`tcp 5432 to ${GROUPS.database}`], addresses: addressesOf(DATABASE) },
    { ...TCP, port: 443, rules: [`tcp 443 to ${GROUPS.endpoints}`], addresses: addressesOf(ENDPOINTS) },
    {
      ...{ ...TCP, port: 443, rules: ["tcp 443 to com.amazonaws.us-east-1.s3"], awsService: "S3" },
      addresses: ["52.216.1.7", `52.216.9.${random.int(0, 255)}`, "3.5.0.9"],
    },
    { ...TCP, port: 443, rules: [`tcp 443 to ${partner}/32`], addresses: [partner] },
    {
      ...{ ...TCP, port: 8443, rules: [`tcp 8443 to 203.0.113.${block}/28`] },
      addresses: [
        "203.0.113.0",
        ...Array.from({ length: 16 }, (_, place) => `203.0.113.${block + place}`),
      ].slice(1) as [string, ...string[]],
    },
    { ...UDP, port: 53, rules: ["udp 53 to 10.9.0.53/32"], addresses: ["10.9.0.53"] },
    { ...UDP, port: 123, rules: ["udp 123 to 10.9.0.123/32"], addresses: ["10.9.0.123"], fromPort: 123 },
    { ...UDP, port: 8125, rules: ["udp 8125 to 10.9.0.81/32"], addresses: ["10.9.0.81"], isOneWay: true },
    { ...TCP, port: 50051, rules: ["tcp 50051 to 10.9.7.5/32"], addresses: ["10.9.7.5"] },
    { ...TCP, port: 6443, rules: ["tcp 6443 to 2001:db8:77::1/128"], addresses: ["2001:db8:77::1"] },
    { protocol: 50, port: 0, rules: ["protocol 50 to 192.0.2.9/32"], addresses: ["192.0.2.9"] },
  ];
  const some = all.filter(() => random.chance(0.7));
  return some.length > 0 ? some : all;
}

const TCP = { protocol: 6 } as const;
const UDP = { protocol: 17 } as const;

function addressesOf(enis: readonly { readonly addresses: readonly string[] }[]): [string, ...string[]] {
  const [first = "", ...others] = enis
    .flatMap(({ addresses }) => addresses)
    .filter((one) => !one.includes(":"));
  return [first, ...others];
}
