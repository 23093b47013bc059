import { publishedWeight } from "../../provider/rule/prefixListWeight";
import { InputError } from "../program/inputError";
import type { Interfaces } from "./interfaces";
import type { ServiceRange } from "./ipRanges";
import { type Block, mergeBlocks } from "./merge";
import { BITS, cidrText, type Family } from "./network";
import { type Flows, joinSeen, nothingSeen, type Seen } from "./seen";
import { whereTo } from "./whereTo";

export interface Limits {
  /** The prefix lengths of the largest CIDRs, by family. */
  readonly widest: { readonly [family in Family]: number };
  /** How many rules the group may have for each family. */
  readonly rules: number;
}

/** The destination of a learned rule. A prefix list has its name, with `{region}` if the Region is unknown. */
export type LearnedDestination =
  | { readonly kind: Family | "securityGroup"; readonly value: string }
  | { readonly kind: "prefixList"; readonly name: string };

/** A rule that allows observed traffic. */
export interface LearnedRule {
  readonly protocol: number;
  readonly port: number;
  readonly to: LearnedDestination;
  readonly seen: Seen;
  /** How many addresses were observed. */
  readonly addresses: number;
  /** How many other addresses the rule opens. Not counted for groups and prefix lists. */
  readonly opens: bigint;
  /** What users should know about the rule. */
  readonly notes: readonly string[];
}

/** The rules that allow all observed traffic, and only as much else as the limits require. */
export interface LearnedPolicy {
  readonly rules: readonly LearnedRule[];
  /** Observed traffic that security groups do not filter. */
  readonly unfiltered: Seen;
}

interface Single {
  readonly number: bigint;
  readonly seen: Seen;
  readonly note: string | undefined;
}

/** Learns a policy from requests. Fails if it cannot stay within the limits. */
export function learnPolicy(
  requests: Flows,
  interfaces: Interfaces,
  ranges: readonly ServiceRange[] | undefined,
  limits: Limits,
): LearnedPolicy {
  const named = new Map<string, LearnedRule & { readonly seen: Seen }>();
  const singles = { ipv4: new Map<number, Single[]>(), ipv6: new Map<number, Single[]>() };
  const unfiltered = nothingSeen();
  for (const [port, byPeer] of requests) {
    for (const [peer, seen] of byPeer) {
      const where = whereTo(interfaces, ranges, peer, seen.awsService);
      if (where.kind === "unfiltered") joinSeen(unfiltered, seen);
      else if (where.kind === "address") {
        const { family, number, note } = where;
        const own = singles[family].get(port) ?? [];
        singles[family].set(port, own);
        own.push({ number, seen, note });
      } else {
        const key = `${port} ${where.kind === "prefixList" ? where.name : where.value}`;
        const rule = named.get(key) ?? { ...portOf(port), ...NOTHING, to: where, seen: nothingSeen() };
        joinSeen(rule.seen, seen);
        named.set(key, { ...rule, addresses: rule.addresses + 1 });
      }
    }
  }
  const fixed = [...named.values()];
  const room = limits.rules - fixed.reduce((sum, rule) => sum + weightOf(rule), 0);
  const blocks = (["ipv4", "ipv6"] as const).flatMap((family) =>
    blockRules(family, singles[family], { widest: limits.widest[family], most: room, limit: limits.rules }),
  );
  return { rules: [...fixed, ...blocks].sort(byUse), unfiltered };
}

const NOTHING = { addresses: 0, opens: 0n, notes: [] } as const;

function portOf(port: number) {
  return { protocol: Math.floor(port / 65536), port: port % 65536 };
}

function weightOf({ to }: LearnedRule): number {
  return to.kind === "prefixList" ? (publishedWeight(to.name) ?? 1) : 1;
}

function byUse({ seen: one }: LearnedRule, { seen: other }: LearnedRule): number {
  return other.flows - one.flows;
}

/** The largest IPv4 block to propose. */
const WIDEST = 8;

interface Room {
  readonly widest: number;
  readonly most: number;
  readonly limit: number;
}

function blockRules(family: Family, singles: ReadonlyMap<number, Single[]>, room: Room): LearnedRule[] {
  const ordered = new Map([...singles].map(([port, list]) => [port, inOrder(list)]));
  const numbers = new Map([...ordered].map(([port, list]) => [port, list.map(({ number }) => number)]));
  if (fewestBlocks(family, numbers, room.widest) > room.most) {
    throw tooMany(family, numbers, room);
  }
  const merged = mergeBlocks(family, numbers, room);
  return [...merged].flatMap(([port, blocks]) => {
    const list = ordered.get(port) ?? [];
    return blocks.map((block) => blockRule(family, port, block, list.slice(block.from, block.to)));
  });
}

/** Sorts by number and removes duplicates, because IPv6 addresses have several spellings. */
function inOrder(singles: readonly Single[]): Single[] {
  const byNumber = new Map<bigint, Single>();
  for (const single of singles) {
    const same = byNumber.get(single.number);
    if (same === undefined) byNumber.set(single.number, single);
    else joinSeen(same.seen, single.seen);
  }
  return [...byNumber.values()].sort((one, other) => (one.number < other.number ? -1 : 1));
}

function blockRule(
  family: Family,
  port: number,
  { first, bits }: Block,
  members: readonly Single[],
): LearnedRule {
  const seen = nothingSeen();
  for (const member of members) joinSeen(seen, member.seen);
  const size = 1n << BigInt(BITS[family] - bits);
  return {
    ...portOf(port),
    to: { kind: family, value: cidrText(family, first, bits) },
    seen,
    addresses: members.length,
    opens: size - BigInt(members.length),
    notes: [...new Set(members.flatMap(({ note }) => note ?? []))],
  };
}

function tooMany(
  family: Family,
  numbers: ReadonlyMap<number, readonly bigint[]>,
  { widest, most, limit }: Room,
): InputError {
  const needed = limit + fewestBlocks(family, numbers, widest) - most;
  const wider = Array.from({ length: Math.max(widest - WIDEST, 0) }, (_, place) => widest - 1 - place).find(
    (bits) => fewestBlocks(family, numbers, bits) <= most,
  );
  const more = `--max-rules ${needed} after raising the quota L-0EA8095F`;
  const remedy = family === "ipv6" || wider === undefined ? more : `--widest /${wider}, or ${more}`;
  return new InputError(`the policy needs ${needed} rules, but --max-rules is ${limit}: specify ${remedy}`);
}

/** The fewest blocks that are possible if none is larger than the limit. */
function fewestBlocks(
  family: Family,
  numbers: ReadonlyMap<number, readonly bigint[]>,
  widest: number,
): number {
  const shift = BigInt(BITS[family] - widest);
  const networks = [...numbers.values()].map((list) => new Set(list.map((number) => number >> shift)).size);
  return networks.reduce((sum, count) => sum + count, 0);
}
