import type * as pulumi from "@pulumi/pulumi";
import type { AnyDestinations, EgressDestination } from "../provider/dynamic/destinationArgs";
import { type DestinationKind, destinationKind } from "../provider/rule/destination";
import { canReach } from "../provider/rule/icmp";
import { isGiven } from "../provider/rule/record";
import { isSeveral, type SaidDestination } from "./destination";
import type { Port } from "./port";

/**
 * Pairs a destination with each port that can reach it: ping is ICMP to IPv4 destinations and ICMPv6 to IPv6 ones.
 *
 * If no port can reach the destination, it is paired with all of them, and each rule warns.
 */
export function trafficTo(
  ports: readonly Port[],
  to: SaidDestination,
): (readonly [Port, EgressDestination | AnyDestinations])[] {
  if ("args" in to) {
    return ports.filter((port) => isFor(port, to.kind, ports)).map((port) => [port, to.args]);
  }
  return ports.map((port) => [port, { to: reachedBy(port, to.later, ports) }]);
}

function isFor({ protocol }: Port, kind: DestinationKind, ports: readonly Port[]): boolean {
  return canReach(protocol, kind) || !ports.some((port) => canReach(port.protocol, kind));
}

/** Undefined if there are no destinations, so that check refuses the rule. */
function reachedBy(
  port: Port,
  later: pulumi.Output<string | readonly string[]>,
  ports: readonly Port[],
): pulumi.Output<readonly string[] | undefined> {
  return later.apply((value) => {
    const list = isSeveral(value) ? value : [value];
    if (!list.some(isGiven)) return undefined;
    return list.filter((one) => isFor(port, destinationKind(one), ports));
  });
}
