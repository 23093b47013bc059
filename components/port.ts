import * as pulumi from "@pulumi/pulumi";
import { quote } from "../provider/rule/failure";
import { type IcmpTypeName, icmpTypeNumber } from "../provider/rule/icmp";
import { isPlainRecord, refuse } from "./shape";

/** A protocol and its ports, or an ICMP type and code. Plain data. */
export interface Port {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number as text, or `-1` for all. */
  readonly protocol: string;
  /** The first port, or the ICMP type (-1 for all); undefined if the protocol has no ports. */
  readonly fromPort?: number | undefined;
  /** The last port, or the ICMP code (-1 for all); undefined if the protocol has no ports. */
  readonly toPort?: number | undefined;
}

/**
 * Creates a `Port`.
 *
 * ```ts
 * new AllowOut("metrics", { securityGroup: web, to: ["10.0.0.0/16"], ports: [Port.tcp(9090), Port.udpRange(8125, 8126)] });
 * ```
 */
export const Port = {
  /** One TCP port. */
  tcp: (port: number): Port => ({ protocol: "tcp", fromPort: port, toPort: port }),
  /** A range of TCP ports, inclusive. */
  tcpRange: (fromPort: number, toPort: number): Port => ({ protocol: "tcp", fromPort, toPort }),
  /** One UDP port. */
  udp: (port: number): Port => ({ protocol: "udp", fromPort: port, toPort: port }),
  /** A range of UDP ports, inclusive. */
  udpRange: (fromPort: number, toPort: number): Port => ({ protocol: "udp", fromPort, toPort }),
  /** An ICMP type, by number or name, with one code or all codes (the default). */
  icmp: (type: number | IcmpTypeName, code = -1): Port => icmpPort("icmp", type, code),
  /** An ICMPv6 type, by number or name, with one code or all codes (the default). */
  icmpv6: (type: number | IcmpTypeName, code = -1): Port => icmpPort("icmpv6", type, code),
  /** Another protocol, by its number, such as 50 for ESP. */
  protocol: (number: number): Port => ({ protocol: String(number) }),
  /** Every protocol on every port. */
  all: (): Port => ({ protocol: "-1" }),
} as const;

function icmpPort(protocol: "icmp" | "icmpv6", type: number | IcmpTypeName, toPort: number): Port {
  const fromPort = typeof type === "number" ? type : icmpTypeNumber(protocol, type);
  if (fromPort === undefined)
    throw new pulumi.RunError(`Port.${protocol}: ${quote(type)} is not a type of ${protocol}`);
  return { protocol, fromPort, toPort };
}

/** Returns one or more ports as a list; anything else fails the program. */
export function portList(where: string, ports: Port | readonly Port[]): readonly Port[] {
  const list: readonly Port[] = isSeveral(ports) ? ports : [ports];
  if (list.length > 0 && list.every(isPort)) return list;
  const wrong = list.length > 0 ? list.find((port) => !isPort(port)) : ports;
  return refuse(where, "ports", wrong, "use Port with plain numbers, such as Port.tcp(443)");
}

function isSeveral(ports: Port | readonly Port[]): ports is readonly Port[] {
  return Array.isArray(ports);
}

function isPort(port: unknown): port is Port {
  if (!isPlainRecord(port)) return false;
  const { protocol, fromPort, toPort, ...others } = port;
  const isNumber = (value: unknown) => value === undefined || typeof value === "number";
  return (
    typeof protocol === "string" && isNumber(fromPort) && isNumber(toPort) && Object.keys(others).length === 0
  );
}

/** Names the traffic: `tcp-443`, `udp-500-501`, `icmp-8-0`, `protocol-50`, `all`. */
export function portName({ protocol, fromPort, toPort }: Port): string {
  if (protocol === "-1") return "all";
  if (fromPort === undefined) return /^\d+$/.test(protocol) ? `protocol-${protocol}` : protocol;
  if (protocol.startsWith("icmp")) {
    return [protocol, fromPort === -1 ? "all" : fromPort, ...(toPort === -1 ? [] : [toPort])].join("-");
  }
  return [protocol, fromPort, ...(toPort === fromPort ? [] : [toPort])].join("-");
}
