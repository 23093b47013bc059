import type { Interfaces } from "./interfaces";
import type { ServiceRange } from "./ipRanges";
import { networksOf } from "./network";
import type { LearnedPolicy } from "./policy";
import type { Flows } from "./seen";
import { whereTo } from "./whereTo";

/** The requests that a policy does not allow. */
export function uncoveredBy(
  { rules }: LearnedPolicy,
  requests: Flows,
  interfaces: Interfaces,
  ranges: readonly ServiceRange[] | undefined,
): Flows {
  const uncovered: Flows = new Map();
  for (const [port, byPeer] of requests) {
    const own = rules.filter((rule) => rule.protocol * 65536 + rule.port === port).map(({ to }) => to);
    const names = new Set(own.map((to) => (to.kind === "prefixList" ? to.name : to.value)));
    const networks = own.flatMap((to) =>
      to.kind === "ipv4" || to.kind === "ipv6" ? networksOf(to.value) : [],
    );
    const isCovered = (where: ReturnType<typeof whereTo>) => {
      if (where.kind === "unfiltered") return true;
      if (where.kind !== "address") return names.has(where.kind === "prefixList" ? where.name : where.value);
      const { family, number } = where;
      return networks.some((one) => one.family === family && one.first <= number && number <= one.last);
    };
    const left = [...byPeer].filter(
      ([peer, { awsService }]) => !isCovered(whereTo(interfaces, ranges, peer, awsService)),
    );
    if (left.length > 0) uncovered.set(port, new Map(left));
  }
  return uncovered;
}
