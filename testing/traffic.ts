import { type Failure, failuresText, quote } from "../provider/rule/failure";
import type { IcmpTypeName } from "../provider/rule/icmp";
import { parseProtocol } from "../provider/rule/protocol";
import { type Reach, reachOf } from "../provider/rule/reach";
import { isGiven, isRecord } from "../provider/rule/record";
import { type CanonicalDestination, ruleText } from "../provider/rule/rule";
import { parseTrafficDestination } from "./trafficDestination";
import { parseTrafficPorts } from "./trafficPorts";

/** What may leave, or may not. */
export interface Traffic {
  /**
   * `tcp`, `udp`, `icmp`, `icmpv6`, a number from 0 to 255, `-1` or `all`; names in any case.
   *
   * All protocols are let out only by a rule for all protocols.
   *
   * @example "tcp"
   */
  readonly protocol: string | number;
  /**
   * The port, of `tcp` and `udp` only.
   *
   * @default every port
   * @example 443
   */
  readonly port?: number;
  /**
   * A range of ports in place of one, both ends included.
   *
   * @default every port
   * @example [8000, 9000]
   */
  readonly ports?: readonly [from: number, to: number];
  /**
   * The ICMP type, by number or name, and its code, of `icmp` and `icmpv6` only; without a code every code.
   *
   * @default every type
   * @example { type: "echo-request", code: 0 }
   */
  readonly icmp?: { readonly type: number | IcmpTypeName; readonly code?: number };
  /**
   * Where it goes: an address or a CIDR of either family; the id of a group or a prefix list as the mocks give it; or
   * the name of a prefix list, in which `{region}` stands for any Region.
   *
   * @example "10.0.0.7"
   */
  readonly to: string;
  /**
   * The id of the group that it leaves, as the mocks give it: only the rules of that group count.
   *
   * @default every group, all taken together
   * @example "web-id"
   */
  readonly securityGroup?: string;
}

/** Traffic in the form in which rules are compared. */
export interface ParsedTraffic {
  /** As people say it: `tcp 443 to 10.0.0.0/16 on web-id`. */
  readonly text: string;
  /** What it is: several where a name may be that of a group or of a prefix list, and any of these will do. */
  readonly reaches: readonly Reach[];
  readonly securityGroup: string | undefined;
}

const PARTS = new Set(["protocol", "port", "ports", "icmp", "to", "securityGroup"]);

/**
 * Reads what a test says of traffic; throws where that is wrong.
 *
 * @param known the destinations of the rules
 */
export function parseTraffic(traffic: unknown, known: readonly CanonicalDestination[]): ParsedTraffic {
  if (!isRecord(traffic)) {
    throw new Error(
      `${quote(traffic)} is not traffic: it looks like { protocol: "tcp", port: 443, to: "10.0.0.7" }`,
    );
  }
  const failures: Failure[] = [];
  const reportOn = (property: string) => (reason: string) => failures.push({ property, reason });
  for (const part of Object.keys(traffic)) {
    if (!PARTS.has(part)) reportOn(part)(`is no part of traffic: use ${[...PARTS].join(", ")}`);
  }
  const protocol = parseProtocol(traffic.protocol, reportOn("protocol"));
  const ports = protocol === undefined ? undefined : parseTrafficPorts(protocol, traffic, failures);
  const destinations = parseTrafficDestination(traffic.to, known, reportOn("to"));
  const { securityGroup } = traffic;
  if (isGiven(securityGroup) && typeof securityGroup !== "string") {
    reportOn("securityGroup")(
      `${quote(securityGroup)} is not the id of a group: wait for it, if it is an Output`,
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
    throw new Error(`the traffic ${quote(traffic)} is not as it should be: ${failuresText(failures)}`);
  }
  return {
    text: `${ruleText(rule)}${isGiven(securityGroup) ? ` on ${securityGroup}` : ""}`,
    reaches: rules.flatMap((one) => reachOf(one) ?? []),
    securityGroup: typeof securityGroup === "string" ? securityGroup : undefined,
  };
}
