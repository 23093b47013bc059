import { contains, overlaps, type Reach, reachOf } from "../../provider/rule/reach";
import { ruleOf, ruleText } from "../../provider/rule/rule";
import type { FoundRule } from "../aws/found";
import type { Interfaces } from "./interfaces";
import { familyOf, numberOf } from "./network";
import type { Address } from "./records/address";
import type { Flows } from "./seen";
import type { Unclear } from "./settle";
import { protocolName } from "./words";

/** A rule that the logs do not show in use. */
export interface RuleUse {
  readonly id: string;
  readonly text: string;
  readonly description: string | undefined;
  /** Why its use is unknown, if it is. */
  readonly unknown?: string;
}

const UNKNOWN_LIST = "the logs do not show which addresses are in its prefix list";

interface Use {
  readonly address: Address;
  readonly reach: Reach;
}

/** The rules that no traffic in the logs used, and those whose use is unknown. */
export function unusedRules(
  rules: readonly FoundRule[],
  requests: Flows,
  unclear: readonly Unclear[],
  { groupsOf }: Interfaces,
): RuleUse[] {
  const uses = usesOf(requests, unclear);
  return rules.flatMap(({ id, inputs }) => {
    const rule = ruleOf(inputs);
    const reach = reachOf(rule);
    const use = { id, text: ruleText(rule), description: inputs.description };
    if (reach === undefined) return [];
    if (rule.destination?.kind === "prefixList") return [{ ...use, unknown: UNKNOWN_LIST }];
    const group = rule.destination?.kind === "securityGroup" ? rule.destination.value : undefined;
    const isUsed = uses.some(({ address, reach: used }) =>
      group === undefined
        ? overlaps(reach, used)
        : contains({ ...reach, space: used.space, addresses: used.addresses }, used) &&
          groupsOf(address).includes(group),
    );
    return isUsed ? [] : [use];
  });
}

/** Includes unclear traffic: a rule that it may have used must not be reported as unused. */
function usesOf(requests: Flows, unclear: readonly Unclear[]): Use[] {
  const known = [...requests].flatMap(([key, byPeer]) =>
    [...byPeer.keys()].map((peer) => useOf(Math.floor(key / 65536), key % 65536, peer)),
  );
  return [...known, ...unclear.map(({ protocol, peerPort, peer }) => useOf(protocol, peerPort, peer))];
}

function useOf(protocol: number, port: number, address: Address): Use {
  const name = protocolName(protocol);
  const number = numberOf(address);
  // Flow logs have no ICMP types, and other protocols have no ports.
  const numbers = name === "tcp" || name === "udp" ? { first: port, last: port } : { first: 0, last: 65535 };
  const addresses = { first: number, last: number };
  return { address, reach: { protocol: name, numbers, space: familyOf(address), addresses } };
}
