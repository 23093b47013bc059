import { type Failure, quote } from "./failure";
import { ALL_ICMP, icmpTypeNames, icmpTypeNumber } from "./icmp";
import { parseInteger } from "./integer";
import { hasPorts, isIcmp } from "./protocol";
import { isGiven, isRecord } from "./record";
import { isUnknown, UNKNOWN, type Unknown } from "./unknown";

/** FromPort and ToPort as EC2 keeps them: ports, an ICMP type and code, or neither. */
export interface Ports {
  readonly fromPort?: number | Unknown;
  readonly toPort?: number | Unknown;
}

export interface PortArgs {
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
  readonly icmp?: unknown;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly from: string;
  readonly to: string;
}

const PORT: Bounds = { low: 0, high: 65535, from: "a port", to: "a port" };
const ICMP: Bounds = { low: ALL_ICMP, high: 255, from: "an ICMP type", to: "an ICMP code" };
const EITHER: Bounds = { low: -1, high: 65535, from: "a port", to: "a port" };

/**
 * Ports in canonical form: required for tcp, udp and icmp; by default all types and codes for icmpv6; dropped for every
 * other protocol, as in EC2.
 */
export function parsePorts(protocol: string | undefined, args: PortArgs, failures: Failure[]): Ports {
  const known = protocol === undefined || isUnknown(protocol) ? undefined : protocol;
  // An unknown icmp may resolve to undefined.
  const excluded = isUnknown(args.icmp) && known !== undefined && !isIcmp(known);
  if (isGiven(args.icmp) && !excluded) return parseIcmp(known, args, failures);
  if (known === undefined) return parseRange(args, EITHER, failures);
  if (isIcmp(known)) {
    if (known === "icmpv6" && !isGiven(args.fromPort) && !isGiven(args.toPort)) {
      return { fromPort: ALL_ICMP, toPort: ALL_ICMP };
    }
    return checkIcmpCode(
      requireBoth(known, parseRange(args, ICMP, failures), args, failures),
      "toPort",
      failures,
    );
  }
  if (!hasPorts(known)) return {};
  return checkOrder(requireBoth(known, parseRange(args, PORT, failures), args, failures), failures);
}

function parseRange(args: PortArgs, bounds: Bounds, failures: Failure[]): Ports {
  const fromPort = parsePort("fromPort", args.fromPort, bounds.from, bounds, failures);
  const toPort = parsePort("toPort", args.toPort, bounds.to, bounds, failures);
  return { ...(fromPort !== undefined && { fromPort }), ...(toPort !== undefined && { toPort }) };
}

function parsePort(
  property: string,
  value: unknown,
  what: string,
  bounds: Bounds,
  failures: Failure[],
): number | Unknown | undefined {
  if (!isGiven(value)) return undefined;
  if (isUnknown(value)) return UNKNOWN;
  const { low, high } = bounds;
  const port = parseInteger(value);
  if (port !== undefined && port >= low && port <= high) return port;
  failures.push({
    property,
    reason: `${quote(value)} is not ${what} from ${low} to ${high}${portHint(value, bounds)}`,
  });
  return undefined;
}

function portHint(value: unknown, bounds: Bounds): string {
  // No rule can hold a range of types or codes: fromPort and toPort would mean one type and one code.
  if (bounds === ICMP) return "";
  const range = typeof value === "string" ? /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(value) : null;
  if (range) return `: use fromPort ${range[1]} and toPort ${range[2]}`;
  return parseInteger(value) === -1 ? ": for every port use fromPort 0 and toPort 65535" : "";
}

function requireBoth(protocol: string, ports: Ports, args: PortArgs, failures: Failure[]): Ports {
  const [from, to] = isIcmp(protocol)
    ? ["the ICMP type, or -1 for all", "the ICMP code, or -1 for all"]
    : ["the first port", "the last port, the same as fromPort for a single one"];
  const missing = (property: string, what: string) =>
    failures.push({ property, reason: `is required for ${protocol}: ${what}` });
  if (!isGiven(args.fromPort)) missing("fromPort", from);
  if (!isGiven(args.toPort)) missing("toPort", to);
  return ports;
}

function checkOrder(ports: Ports, failures: Failure[]): Ports {
  const { fromPort, toPort } = ports;
  if (typeof fromPort === "number" && typeof toPort === "number" && fromPort > toPort) {
    failures.push({
      property: "toPort",
      reason: `${toPort} is below fromPort, ${fromPort}: specify the lower port as fromPort`,
    });
  }
  return ports;
}

function checkIcmpCode(ports: Ports, property: string, failures: Failure[]): Ports {
  const { fromPort, toPort } = ports;
  if (fromPort === ALL_ICMP && typeof toPort === "number" && toPort !== ALL_ICMP) {
    failures.push({
      property,
      reason: `${toPort} is a single code, but the type is -1, all types: use code -1`,
    });
  }
  return ports;
}

function parseIcmp(protocol: string | undefined, args: PortArgs, failures: Failure[]): Ports {
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  for (const property of ["fromPort", "toPort"] as const) {
    if (isGiven(args[property]) && !isUnknown(args[property]))
      fail(property, `${quote(args[property])} conflicts with icmp: specify one of the two`);
  }
  if (protocol !== undefined && !isIcmp(protocol)) {
    fail(
      "icmp",
      `${quote(args.icmp)} is not valid with ipProtocol "${protocol}": use icmp or icmpv6, or remove it`,
    );
    return {};
  }
  if (isUnknown(args.icmp)) return { fromPort: UNKNOWN, toPort: UNKNOWN };
  if (!isRecord(args.icmp)) {
    fail("icmp", `${quote(args.icmp)} is not of the form { type: "echo-request", code: 0 }`);
    return {};
  }
  const { type, code } = args.icmp;
  for (const name of Object.keys(args.icmp)) {
    if (name !== "type" && name !== "code")
      fail(`icmp.${name}`, "is not an argument: icmp takes type and code");
  }
  if (!isGiven(type)) fail("icmp.type", 'is missing: use a number, a name such as "echo-request", or "all"');
  const fromPort = parseIcmpType(protocol, type, failures);
  const toPort = isGiven(code) ? parsePort("icmp.code", code, ICMP.to, ICMP, failures) : ALL_ICMP;
  return checkIcmpCode(
    { ...(fromPort !== undefined && { fromPort }), ...(toPort !== undefined && { toPort }) },
    "icmp.code",
    failures,
  );
}

function parseIcmpType(
  protocol: string | undefined,
  type: unknown,
  failures: Failure[],
): number | Unknown | undefined {
  if (typeof type !== "string" || isUnknown(type) || parseInteger(type) !== undefined) {
    return parsePort("icmp.type", type, ICMP.from, ICMP, failures);
  }
  if (protocol === undefined || !isIcmp(protocol)) return UNKNOWN;
  const number = icmpTypeNumber(protocol, type.trim().toLowerCase());
  if (number === undefined) {
    const names = icmpTypeNames(protocol).join(", ");
    failures.push({
      property: "icmp.type",
      reason: `${quote(type)} is not a type of ${protocol}: use a number or one of ${names}`,
    });
  }
  return number;
}
