import type { DestinationKind } from "../provider/rule/destination";
import { canReach } from "../provider/rule/icmp";
import type { Port } from "./port";

/**
 * Each destination with each of the ports, and of ICMP and ICMPv6 what can reach it: ping is both, and goes to either family
 * by its own.
 *
 * Where nothing can, it is all of them, and each rule warns.
 */
export function trafficOf<To extends { readonly kind: DestinationKind | undefined }>(
  ports: readonly Port[],
  destinations: readonly To[],
): (readonly [Port, To])[] {
  const all = destinations.flatMap((to) => ports.map((port) => [port, to] as const));
  const matching = all.filter(([{ protocol }, { kind }]) => canReach(protocol, kind));
  return matching.length > 0 ? matching : all;
}
