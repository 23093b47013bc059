import { Address4, Address6 } from "ip-address";
import { quote } from "../../provider/rule/failure";
import type { UnknownRecord } from "../../provider/rule/record";
import { readAwsList, recordsIn, textIn } from "../aws/awsJson";
import { InputError } from "../program/inputError";
import { type Address, addressText, parseAddress } from "./records/address";

/** A network interface from `aws ec2 describe-network-interfaces`. */
export interface Interface {
  readonly id: string;
  readonly groups: readonly string[];
  /** Group names by id. */
  readonly groupNames: ReadonlyMap<string, string>;
  readonly vpc: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly addresses: readonly Address[];
  /** Prefixes that are assigned to the interface, for example for EKS pods. */
  readonly blocks: readonly string[];
}

/** All interfaces, and those of one group. */
export interface Interfaces {
  readonly all: ReadonlyMap<string, Interface>;
  /** The ids of the group's interfaces, in a fixed order. */
  readonly own: readonly string[];
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Group names by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The group, and all other groups of its interfaces. */
  readonly together: readonly string[];
  /** The groups of an address in the group's VPC, those with the fewest interfaces first. */
  readonly groupsOf: (address: Address) => readonly string[];
}

const COMMAND = "aws ec2 describe-network-interfaces --output json";

export function readInterfaces(file: string, group: string): Interfaces {
  const { members: records } = readAwsList(file, "NetworkInterfaces", COMMAND);
  return interfacesOf(
    records.map((record, place) => parseInterface(file, record, place)),
    group,
  );
}

export function interfacesOf(interfaces: readonly Interface[], group: string): Interfaces {
  const own = interfaces.filter(({ groups }) => groups.includes(group));
  const [first] = own;
  if (first === undefined) throw noInterface(interfaces, group);
  // Another VPC may use the same addresses, and rules can refer to its groups only over a peering connection.
  const near = interfaces.filter(({ vpc }) => vpc === first.vpc);
  return {
    all: new Map(interfaces.map((one) => [one.id, one])),
    own: own.map(({ id }) => id),
    account: first.account,
    region: first.region,
    names: new Map(interfaces.flatMap(({ groupNames }) => [...groupNames])),
    together: [...new Set(own.flatMap(({ groups }) => groups))],
    groupsOf: groupFinder(near),
  };
}

function groupFinder(interfaces: readonly Interface[]): Interfaces["groupsOf"] {
  const members = new Map<string, number>();
  for (const group of interfaces.flatMap(({ groups }) => groups))
    members.set(group, (members.get(group) ?? 0) + 1);
  const tightest = (groups: readonly string[]) =>
    groups.toSorted(
      (one, other) => (members.get(one) ?? 0) - (members.get(other) ?? 0) || (one < other ? -1 : 1),
    );
  const byAddress = new Map(
    interfaces.flatMap(({ addresses, groups }) => addresses.map((address) => [address, tightest(groups)])),
  );
  const blocks = interfaces.flatMap((one) =>
    one.blocks.map((block) => ({ block, groups: tightest(one.groups) })),
  );
  return (address) => {
    const found = byAddress.get(address);
    if (found !== undefined || blocks.length === 0) return found ?? [];
    return blocks.find(({ block }) => isIn(address, block))?.groups ?? [];
  };
}

function isIn(address: Address, block: string): boolean {
  if (typeof address === "number") {
    return Address4.isValid(block) && new Address4(addressText(address)).isInSubnet(new Address4(block));
  }
  return Address6.isValid(block) && new Address6(address).isInSubnet(new Address6(block));
}

function parseInterface(file: string, record: UnknownRecord, place: number): Interface {
  const id = textIn(record, "NetworkInterfaceId");
  if (id === undefined) {
    throw new InputError(
      `${file}: NetworkInterfaces[${place}] has no NetworkInterfaceId: expected what \`${COMMAND}\` prints`,
    );
  }
  const texts = (list: string, name: string) =>
    recordsIn(record, list).flatMap((one) => {
      const text = textIn(one, name);
      return text === undefined ? [] : [text];
    });
  const own = textIn(record, "PrivateIpAddress");
  const addresses = [
    ...(own === undefined ? [] : [own]),
    ...texts("PrivateIpAddresses", "PrivateIpAddress"),
    ...texts("Ipv6Addresses", "Ipv6Address"),
  ];
  return {
    id,
    groups: texts("Groups", "GroupId"),
    groupNames: new Map(
      recordsIn(record, "Groups").map((one) => [
        textIn(one, "GroupId") ?? "",
        textIn(one, "GroupName") ?? "",
      ]),
    ),
    vpc: textIn(record, "VpcId"),
    account: textIn(record, "OwnerId"),
    region: /^[a-z]+(?:-[a-z]+)+-\d/.exec(textIn(record, "AvailabilityZone") ?? "")?.[0],
    addresses: [...new Set(addresses.map((text) => parseAddress(text)))].filter((one) => one !== undefined),
    blocks: [...texts("Ipv4Prefixes", "Ipv4Prefix"), ...texts("Ipv6Prefixes", "Ipv6Prefix")],
  };
}

function noInterface(interfaces: readonly Interface[], group: string): InputError {
  const groups = [...new Set(interfaces.flatMap((one) => one.groups))];
  const shown = groups.slice(0, 10).join(", ");
  const more = groups.length > 10 ? ` and ${groups.length - 10} more` : "";
  const there = groups.length === 0 ? "they have none" : `they have ${shown}${more}`;
  return new InputError(`--group: no interface of --interfaces has the group ${quote(group)}: ${there}`);
}
