import { parseDescription } from "./description";
import { parseDestination } from "./destination";
import { type Failure, quote, type Report } from "./failure";
import { parseGroupId } from "./ids";
import { checkMisplaced } from "./misplaced";
import { parsePorts } from "./ports";
import { parseProtocol } from "./protocol";
import { isGiven, isRecord, type UnknownRecord, withoutUndefined } from "./record";
import type { RuleInputs } from "./rule";
import { parseTags } from "./tags";
import { isUnknown, UNKNOWN } from "./unknown";

/** The canonical arguments of a rule, or every failure. */
export type Parsed = { readonly inputs: RuleInputs } | { readonly failures: readonly Failure[] };

const ARGUMENTS: ReadonlySet<string> = new Set([
  "securityGroupId",
  "ipProtocol",
  "fromPort",
  "toPort",
  "icmp",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
  "referencedSecurityGroupOwnerId",
  "description",
  "tags",
]);

/**
 * Parses any value as the arguments of a rule, into the form in which EC2 returns them.
 *
 * Unknown values stay unknown, and known ones are still checked. Never throws.
 */
export function parse(args: unknown): Parsed {
  if (!isRecord(args))
    return { failures: [{ property: "", reason: `${quote(args)} is not an object of arguments` }] };
  const failures: Failure[] = [];
  checkMisplaced(args, ARGUMENTS, failures);

  const securityGroupId = required("securityGroupId", args.securityGroupId, parseGroupId, failures);
  const ipProtocol = required("ipProtocol", args.ipProtocol, parseProtocol, failures);
  const ports = parsePorts(ipProtocol, args, failures);
  const destination = parseDestination(args, failures);
  const description = parseText(args.description, mayBeCidr(args), failures);
  const tags = parseTags(args.tags, failures);

  if (failures.length > 0 || securityGroupId === undefined || ipProtocol === undefined) return { failures };
  return {
    inputs: {
      securityGroupId,
      ipProtocol,
      ...ports,
      ...destination,
      ...withoutUndefined({ description, tags }),
    },
  };
}

function required(
  property: string,
  value: unknown,
  parser: (value: unknown, report: Report) => string | undefined,
  failures: Failure[],
): string | undefined {
  if (isUnknown(value)) return UNKNOWN;
  if (isGiven(value)) return parser(value, (reason) => failures.push({ property, reason }));
  failures.push({ property, reason: "is required" });
  return undefined;
}

/** Uses the raw arguments, so that a bad destination does not hide a description that is bad for its kind. */
function mayBeCidr({ cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId }: UnknownRecord): boolean {
  return isGiven(cidrIpv4 ?? cidrIpv6) || !isGiven(prefixListId ?? referencedSecurityGroupId);
}

function parseText(value: unknown, toCidr: boolean, failures: Failure[]): string | undefined {
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  return parseDescription(value, toCidr, (reason) => failures.push({ property: "description", reason }));
}
