import { parseCidrIpv4, parseCidrIpv6 } from "./cidr";
import { type Failure, quote, type Report } from "./failure";
import { parseAccountId, parseGroupId, parsePrefixListId } from "./ids";
import { isGiven, type UnknownRecord } from "./record";
import { isUnknown, UNKNOWN } from "./unknown";

/** Where a rule allows traffic to. */
export type DestinationKind = "ipv4" | "ipv6" | "prefixList" | "securityGroup";

/** The argument for each kind of destination. */
export const DESTINATION_PROPERTY = {
  ipv4: "cidrIpv4",
  ipv6: "cidrIpv6",
  prefixList: "prefixListId",
  securityGroup: "referencedSecurityGroupId",
} as const satisfies Record<DestinationKind, string>;

export type DestinationProperty = (typeof DESTINATION_PROPERTY)[DestinationKind];

export const DESTINATION_KINDS: readonly DestinationKind[] = ["ipv4", "ipv6", "prefixList", "securityGroup"];

/** The kind of a destination, from its text; anything that is not text counts as a CIDR, so that `parse` refuses it. */
export function destinationKind(destination: unknown): DestinationKind {
  if (typeof destination !== "string") return "ipv4";
  if (destination.startsWith("pl-")) return "prefixList";
  if (/^(\d{12}\/)?sg-/.test(destination)) return "securityGroup";
  return destination.includes(":") ? "ipv6" : "ipv4";
}

/** The arguments of a destination in canonical form: one of the four, or several while they are unknown. */
export type DestinationInputs = { readonly [P in DestinationProperty]?: string } & {
  readonly referencedSecurityGroupOwnerId?: string;
};

const PARSERS: {
  readonly [P in DestinationProperty]: (value: unknown, report: Report) => string | undefined;
} = {
  cidrIpv4: parseCidrIpv4,
  cidrIpv6: parseCidrIpv6,
  prefixListId: parsePrefixListId,
  referencedSecurityGroupId: parseGroupId,
};

/** Reads the one destination of a rule; splits an account from a group's id (`123456789012/sg-…`). */
export function parseDestination(args: UnknownRecord, failures: Failure[]): DestinationInputs {
  const { referencedSecurityGroupId: group, ...others } = args;
  const [, account, id] = (typeof group === "string" && /^(\d{12})\/(sg-.*)$/.exec(group)) || [];
  const given: UnknownRecord = {
    ...others,
    referencedSecurityGroupId: id ?? group,
    referencedSecurityGroupOwnerId: args.referencedSecurityGroupOwnerId ?? account,
  };
  checkExactlyOne(given, failures);
  checkOneAccount(account, args.referencedSecurityGroupOwnerId, failures);

  const inputs: { -readonly [P in keyof DestinationInputs]: string } = {};
  for (const kind of DESTINATION_KINDS) {
    const property = DESTINATION_PROPERTY[kind];
    const value = parseOne(property, given[property], PARSERS[property], failures);
    if (value !== undefined) inputs[property] = value;
  }
  const owner = parseOne(
    "referencedSecurityGroupOwnerId",
    given.referencedSecurityGroupOwnerId,
    parseAccountId,
    failures,
  );
  if (owner !== undefined) inputs.referencedSecurityGroupOwnerId = owner;
  return inputs;
}

function parseOne(
  property: string,
  value: unknown,
  parser: (value: unknown, report: Report) => string | undefined,
  failures: Failure[],
): string | undefined {
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  return parser(value, (reason) => failures.push({ property, reason }));
}

function checkExactlyOne(given: UnknownRecord, failures: Failure[]): void {
  const properties = DESTINATION_KINDS.map((kind) => DESTINATION_PROPERTY[kind]);
  const named = properties.filter((property) => isGiven(given[property]));
  const [first, ...others] = named.filter((property) => !isUnknown(given[property]));
  if (named.length === 0) {
    failures.push({
      property: DESTINATION_PROPERTY.ipv4,
      reason: `no destination is specified: specify exactly one of ${properties.join(", ")}`,
    });
  }
  for (const property of others) {
    failures.push({
      property,
      reason: `${quote(given[property])} is a second destination besides ${first}: a rule has exactly one, so declare one rule for each`,
    });
  }
  const owner = given.referencedSecurityGroupOwnerId;
  const isNamed = isGiven(owner) && !isUnknown(owner);
  if (isNamed && named.length > 0 && !isGiven(given.referencedSecurityGroupId)) {
    failures.push({
      property: "referencedSecurityGroupOwnerId",
      reason: `${quote(owner)} is valid only with referencedSecurityGroupId: remove it`,
    });
  }
}

function checkOneAccount(inId: string | undefined, owner: unknown, failures: Failure[]): void {
  if (inId === undefined || !isGiven(owner) || isUnknown(owner) || owner === inId) return;
  failures.push({
    property: "referencedSecurityGroupOwnerId",
    reason: `${quote(owner)} differs from the account before the group's id, ${inId}: keep the right one`,
  });
}
