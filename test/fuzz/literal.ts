import { isGiven, isRecord, type UnknownRecord } from "../../provider/rule/record";
import { ICMP_TYPES } from "../rule/modelRule";

/** The flat form parameters of a request. */
export type Form = readonly (readonly [name: string, text: string])[];

/** The group of an Authorize, one of its permissions, and the tags of its rules. */
export interface Literal {
  readonly group: Form;
  readonly permission: Form;
  readonly tags: Form;
}

const TEXTS = [
  ["cidrIpv4", "IpRanges.1.CidrIp", "IpRanges.1.Description"],
  ["cidrIpv6", "Ipv6Ranges.1.CidrIpv6", "Ipv6Ranges.1.Description"],
  ["prefixListId", "PrefixListIds.1.PrefixListId", "PrefixListIds.1.Description"],
  ["referencedSecurityGroupId", "Groups.1.GroupId", "Groups.1.Description"],
] as const;

/**
 * Translates arguments into a request word for word, without the code under test. Undefined if they lack the types
 * that the API takes, or if the API cannot express them.
 */
export function literally(args: UnknownRecord): Literal | undefined {
  const { securityGroupId, icmp, ...others } = args;
  const said = Object.keys(others).filter((property) => isGiven(others[property]));
  if (said.some((property) => !SAYABLE.has(property))) return undefined;
  const ports = isGiven(icmp) ? icmpPorts(icmp, args) : [args.fromPort, args.toPort];
  if (ports === undefined) return undefined;

  const permission: (readonly [string, unknown])[] = [["IpProtocol", number(args.ipProtocol)]];
  permission.push(["FromPort", number(ports[0])], ["ToPort", number(ports[1])]);
  for (const [property, value, description] of TEXTS) {
    if (!isGiven(args[property])) continue;
    permission.push([value, args[property]], [description, args.description]);
  }
  permission.push(["Groups.1.UserId", args.referencedSecurityGroupOwnerId]);
  if (isGiven(args.referencedSecurityGroupOwnerId) && !isGiven(args.referencedSecurityGroupId))
    return undefined;
  const tags = tagPairs(args.tags);
  const [group, form] = [texts([["GroupId", securityGroupId]]), texts(permission)];
  return tags && group && form && { group, permission: form, tags };
}

const SAYABLE = new Set([
  "ipProtocol",
  "fromPort",
  "toPort",
  "description",
  "tags",
  "referencedSecurityGroupOwnerId",
  ...TEXTS.map(([property]) => property),
]);

/** A whole number in digits, as the API takes it; no other number can be sent. */
function number(value: unknown): unknown {
  return typeof value === "number" ? (Number.isSafeInteger(value) ? String(value) : value) : value;
}

function icmpPorts(icmp: unknown, { ipProtocol, fromPort, toPort }: UnknownRecord): unknown[] | undefined {
  if (!isRecord(icmp) || isGiven(fromPort) || isGiven(toPort)) return undefined;
  const { type, code, ...others } = icmp;
  if (Object.keys(others).length > 0 || !isGiven(type)) return undefined;
  const protocol = { icmp: 1, icmpv6: 58 }[String(ipProtocol).toLowerCase()] ?? Number(ipProtocol);
  const names = Object.entries(ICMP_TYPES[protocol] ?? {});
  const named = names.find(([, name]) => name === type)?.[0];
  if (typeof type === "string" && named === undefined && !/^\s*-?\d+\s*$/.test(type)) return undefined;
  if (protocol !== 1 && protocol !== 58) return undefined;
  return [named ?? type, code ?? -1];
}

function tagPairs(tags: unknown): Form | undefined {
  if (!isGiven(tags)) return [];
  if (!isRecord(tags)) return undefined;
  const given = Object.entries(tags).filter(([, value]) => isGiven(value));
  return texts(
    given.flatMap(([key, value], place) => [
      [`TagSpecification.1.Tag.${place + 1}.Key`, key] as const,
      [`TagSpecification.1.Tag.${place + 1}.Value`, tagText(value)] as const,
    ]),
  );
}

/** Configuration may hold a number or a boolean in place of its text. */
function tagText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function texts(pairs: readonly (readonly [string, unknown])[]): Form | undefined {
  const given = pairs.filter(([, value]) => isGiven(value));
  if (!given.every((pair): pair is [string, string] => isSayable(pair[1]))) return undefined;
  return given;
}

/** No encoding can represent half a surrogate pair. */
function isSayable(value: unknown): value is string {
  return typeof value === "string" && !/\p{Surrogate}/u.test(value);
}
