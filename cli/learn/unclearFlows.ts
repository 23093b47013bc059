import { TCP, UDP } from "./initiator";
import type { UnclearFlow } from "./learned";
import { type Address, addressText } from "./records/address";
import { joinSeen, nothingSeen } from "./seen";
import type { Unclear } from "./settle";

/** Conversations by destination, those with the most flows first. */
export function unclearFlows(conversations: readonly Unclear[]): UnclearFlow[] {
  const flows = new Map<string, UnclearFlow & { readonly ownPorts: number[] }>();
  for (const { protocol, peer, peerPort: port, ownPort, out, why } of conversations) {
    const key = `${protocol} ${peer} ${port}`;
    const flow = flows.get(key) ?? emptyFlow(protocol, port, peer, why);
    flows.set(key, flow);
    joinSeen(flow.seen, out);
    const hasPorts = protocol === TCP || protocol === UDP;
    if (hasPorts && !flow.ownPorts.includes(ownPort)) flow.ownPorts.push(ownPort);
  }
  return [...flows.values()].sort((one, other) => other.seen.flows - one.seen.flows);
}

function emptyFlow(protocol: number, port: number, peer: Address, why: string) {
  return { protocol, port, peer: addressText(peer), ownPorts: [], seen: nothingSeen(), why };
}
