import { type Failure, failuresText, quote } from "../provider/rule/failure";
import type { IcmpTypeName } from "../provider/rule/icmp";
import { parseProtocol } from "../provider/rule/protocol";
import { type Reach, reachOf } from "../provider/rule/reach";
import { isGiven, isRecord } from "../provider/rule/record";
import { type CanonicalDestination, ruleText } from "../provider/rule/rule";
import { parseTrafficDestination } from "./trafficDestination";
import { parseTrafficPorts } from "./trafficPorts";

/** Traffic to assert on. */
export interface Traffic {
  /**
   * `tcp`, `udp`, `icmp`, `icmpv6`, a number from 0 to 255, `-1` or `all`. Names are case-insensitive.
   *
   * Only a rule for all protocols allows all protocols.
   *
   * @example "tcp"
   */
  readonly protocol: string | number;
  /**
   * The port, for `tcp` and `udp` only.
   *
   * @default every port
   * @example 443
   */
  readonly port?: number;
  /**
   * An inclusive range of ports, instead of `port`.
   *
   * @default every port
   * @example [8000, 9000]
   */
  readonly ports?: readonly [from: number, to: number];
  /**
   * The ICMP type, by number or name, and its code, for `icmp` and `icmpv6` only. Without a code, every code.
   *
   * @default every type
   * @example { type: "echo-request", code: 0 }
   */
  readonly icmp?: { readonly type: number | IcmpTypeName; readonly code?: number };
  /**
   * The destination: an IPv4 or IPv6 address or CIDR; the id of a group or a prefix list, as the mocks return it; or the
   * name of a prefix list, in which `{region}` stands for any Region.
   *
   * @example "10.0.0.7"
   */
  readonly to: string;
  /**
   * The id of the group that the traffic leaves, as the mocks return it. The matchers then use only that group's rules.
   *
   * @default all groups together
   * @example "web-id"
   */
  readonly securityGroup?: string;
}

/** Traffic in the form that rules are compared in. */
export interface ParsedTraffic {
  /** The traffic as messages show it: `tcp 443 to 10.0.0.0/16 on web-id`. */
  readonly text: string;
  /** Its possible reaches: more than one if a name may be a group or a prefix list; any one of them is enough. */
  readonly reaches: readonly Reach[];
  readonly securityGroup: string | undefined;
}

const PARTS = new Set(["protocol", "port", "ports", "icmp", "to", "securityGroup"]);

/**
 * Parses the traffic that a test specifies; throws if it is invalid.
 *
 * @param known the destinations of the rules
 */
export function parseTraffic(traffic: unknown, known: readonly CanonicalDestination[]): ParsedTraffic {
  if (!isRecord(traffic)) {
    throw new Error(
      `${quote(traffic)} is not traffic: specify it like { protocol: "tcp", port: 443, to: "10.0.0.7" }`,
    );
  }
  const failures: Failure[] = [];
  const reportOn = (property: string) => (reason: string) => failures.push({ property, reason });
  for (const part of Object.keys(traffic)) {
    if (!PARTS.has(part))
      reportOn(part)(`is not a property of traffic: valid properties are ${[...PARTS].join(", ")}`);
  }
  const protocol = parseProtocol(traffic.protocol, reportOn("protocol"));
  const ports = protocol === undefined ? undefined : parseTrafficPorts(protocol, traffic, failures);
  const destinations = parseTrafficDestination(traffic.to, known, reportOn("to"));
  const { securityGroup } = traffic;
  if (isGiven(securityGroup) && typeof securityGroup !== "string") {
    reportOn("securityGroup")(
      `${quote(securityGroup)} is not the id of a group: if it is an Output, resolve it first`,
    );
  }
  const rules = destinations.map((destination) => ({
    securityGroupId: String(securityGroup),
    protocol: protocol ?? "",
    ...(ports && { ports }),
    destination,
  }));
  const [rule] = rules;
  if (failures.length > 0 || rule === undefined) {
    throw new Error(`the traffic ${quote(traffic)} is invalid: ${failuresText(failures)}`);
  }
  return {
    text: `${ruleText(rule)}${isGiven(securityGroup) ? ` on ${securityGroup}` : ""}`,
    reaches: rules.flatMap((one) => reachOf(one) ?? []),
    securityGroup: typeof securityGroup === "string" ? securityGroup : undefined,
  };
}
