import { type Failure, quote } from "../provider/rule/failure";
import { parseInteger } from "../provider/rule/integer";
import { parsePorts } from "../provider/rule/ports";
import { hasPorts, isIcmp } from "../provider/rule/protocol";
import { isGiven, type UnknownRecord } from "../provider/rule/record";

/** Parses the ports of traffic, or its ICMP type and code; by default all of them. */
export function parseTrafficPorts(
  protocol: string,
  { port, ports, icmp }: UnknownRecord,
  failures: Failure[],
): { from: number; to: number } | undefined {
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const given = Object.entries({ port, ports }).filter(([, value]) => isGiven(value));
  if (!hasPorts(protocol)) {
    for (const [name, value] of given)
      fail(name, `${quote(value)} is valid only with tcp and udp: remove it`);
  }
  if (!isIcmp(protocol) && isGiven(icmp)) {
    fail("icmp", `${quote(icmp)} is valid only with icmp and icmpv6: remove it`);
  }
  if (isIcmp(protocol)) {
    const { fromPort: from, toPort: to } = parsePorts(protocol, { icmp: icmp ?? { type: "all" } }, failures);
    return typeof from === "number" && typeof to === "number" ? { from, to } : undefined;
  }
  if (!hasPorts(protocol)) return undefined;
  if (given.length > 1) fail("ports", `${quote(ports)} cannot be combined with port: remove one of them`);
  return isGiven(port)
    ? parseRange("port", [port, port], fail)
    : parseRange("ports", ports ?? [0, 65535], fail);
}

function parseRange(property: string, range: unknown, fail: (property: string, reason: string) => void) {
  const [from, to, ...more] = Array.isArray(range) ? range.map(parsePort) : [];
  if (from !== undefined && to !== undefined && more.length === 0 && from <= to) return { from, to };
  const said = property === "port" && Array.isArray(range) ? range[0] : range;
  const what =
    property === "port" ? "a port from 0 to 65535" : "a range of ports, the lower one first: [8000, 9000]";
  fail(property, `${quote(said)} is not ${what}`);
  return undefined;
}

function parsePort(value: unknown): number | undefined {
  const port = parseInteger(value);
  return port !== undefined && port >= 0 && port <= 65535 ? port : undefined;
}
