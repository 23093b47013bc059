import { parseCidrIpv4, parseCidrIpv6 } from "../provider/rule/cidr";
import { quote, type Report } from "../provider/rule/failure";
import type { CanonicalDestination } from "../provider/rule/rule";

/**
 * Parses the destination of traffic: returns each kind that an ambiguous name may be, and none if it is invalid.
 *
 * @param known the destinations of the rules, whose ids may have any form
 */
export function parseTrafficDestination(
  to: unknown,
  known: readonly CanonicalDestination[],
  report: Report,
): CanonicalDestination[] {
  if (typeof to !== "string" || to.trim() === "") {
    report(
      `${quote(to)} is not a destination: specify an address, a CIDR, the id of a group, or the id or name of a prefix list`,
    );
    return [];
  }
  if (to.includes("{region}")) return listsByRegion(to, known);
  const same = known.find(({ value }) => value === to);
  if (same !== undefined) return [same];
  // An account may precede a group's id, but is not part of the rule.
  const [, group] = /^\d{12}\/(.+)$/.exec(to) ?? [];
  if (group !== undefined) return [{ kind: "securityGroup", value: group }];
  if (/^[0-9a-f]{0,4}:/i.test(to)) return addresses("ipv6", to, report);
  if (/^\d+\.|\//.test(to)) return addresses("ipv4", to, report);
  return named(to);
}

function addresses(kind: "ipv4" | "ipv6", to: string, report: Report): CanonicalDestination[] {
  const isAddress = !to.includes("/");
  const [parse, bits] = kind === "ipv4" ? [parseCidrIpv4, 32] : [parseCidrIpv6, 128];
  const value = parse(isAddress ? `${to}/${bits}` : to, (reason) =>
    report(
      isAddress
        ? `${quote(to)} is not an address: write it like "10.0.0.7" or "2001:db8::7", or specify a CIDR`
        : reason,
    ),
  );
  return value === undefined ? [] : [{ kind, value }];
}

/** A text that is neither an address nor an EC2 id may be a mock's id of a group, or the name of a prefix list. */
function named(value: string): CanonicalDestination[] {
  const group = { kind: "securityGroup", value } as const;
  const list = { kind: "prefixList", value } as const;
  if (value.startsWith("sg-")) return [group];
  return value.startsWith("pl-") ? [list] : [group, list];
}

function listsByRegion(name: string, known: readonly CanonicalDestination[]): CanonicalDestination[] {
  const isSame = ({ kind, value }: CanonicalDestination) =>
    kind === "prefixList" && value.replace(/[a-z]{2,6}(-[a-z]+)+-\d{1,2}/, "{region}") === name;
  return [{ kind: "prefixList", value: name }, ...known.filter(isSame)];
}
