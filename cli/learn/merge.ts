import { BITS, type Family } from "./network";

/** A block of addresses, and the part of a list of observed addresses that it contains. */
export interface Block {
  readonly first: bigint;
  readonly bits: number;
  /** Indexes into the list; `to` is not included. */
  readonly from: number;
  readonly to: number;
}

interface Blocks {
  readonly port: number;
  readonly blocks: readonly Block[];
}

/** A larger block that replaces several. */
interface Merger extends Block {
  readonly port: number;
  /** How many more addresses it opens than the blocks that it replaces. */
  readonly opens: bigint;
  /** How many rules it saves. */
  readonly saves: number;
}

/**
 * Finds blocks for the addresses of each port. Blocks open only observed addresses, unless there would be more than
 * `most` of them in all: then it merges some, which opens others too. No block is larger than the prefix length
 * `widest`.
 *
 * If that is not enough, more than `most` blocks remain.
 *
 * @param addresses the observed addresses of each port, in order and without duplicates
 */
export function mergeBlocks(
  family: Family,
  addresses: ReadonlyMap<number, readonly bigint[]>,
  { widest, most }: { readonly widest: number; readonly most: number },
): Map<number, readonly Block[]> {
  const bits = BITS[family];
  let all: Blocks[] = [...addresses].map(([port, numbers]) => {
    const single = numbers.map((first, from) => ({ first, bits, from, to: from + 1 }));
    return { port, blocks: joined(single, bits, widest) };
  });
  for (let over = excess(all, most); over > 0; over = excess(all, most)) {
    const mergers = all.flatMap(({ port, blocks }) => mergersOf(port, blocks, bits, widest));
    if (mergers.length === 0) break;
    const chosen = choose(mergers, over);
    all = all.map(({ port, blocks }) => {
      const own = chosen.filter((merger) => merger.port === port);
      return { port, blocks: own.length === 0 ? blocks : joined(merged(blocks, own), bits, widest) };
    });
  }
  return new Map(all.map(({ port, blocks }) => [port, blocks]));
}

function excess(all: readonly Blocks[], most: number): number {
  return all.reduce((sum, { blocks }) => sum + blocks.length, -most);
}

/** Joins two halves into one block, which opens nothing more. */
function joined(blocks: readonly Block[], bits: number, widest: number): Block[] {
  const done: Block[] = [];
  for (const block of blocks) {
    let last = block;
    for (let before = done.at(-1); before !== undefined; before = done.at(-1)) {
      const isPair = before.bits === last.bits && last.bits > widest;
      if (!isPair || (before.first ^ last.first) !== sizeOf(bits, last.bits)) break;
      done.pop();
      last = { first: before.first, bits: last.bits - 1, from: before.from, to: last.to };
    }
    done.push(last);
  }
  return done;
}

/** The smallest block for each group of several neighboring blocks. */
function mergersOf(port: number, blocks: readonly Block[], bits: number, widest: number): Merger[] {
  const found: Merger[] = [];
  const held = blocks.map((block) => sizeOf(bits, block.bits));

  /** Returns how many addresses the blocks contain. */
  function look(low: number, high: number): bigint {
    const [first, last] = [blocks[low], blocks[high - 1]];
    if (first === undefined || last === undefined) return 0n;
    if (high - low === 1) return held[low] ?? 0n;
    const common = commonBits(first.first, last.first, bits);
    const half = 1n << BigInt(bits - common - 1);
    const split = splitAt(blocks, low, high, half);
    const sum = look(low, split) + look(split, high);
    if (common < widest) return sum;
    const size = sizeOf(bits, common);
    const start = first.first & ~(size - 1n);
    const block = { first: start, bits: common, from: first.from, to: last.to };
    found.push({ ...block, port, opens: size - sum, saves: high - low - 1 });
    return sum;
  }

  look(0, blocks.length);
  return found;
}

function commonBits(one: bigint, other: bigint, bits: number): number {
  const difference = one ^ other;
  return difference === 0n ? bits : bits - difference.toString(2).length;
}

/** The first block that has this bit set in its addresses. */
function splitAt(blocks: readonly Block[], low: number, high: number, bit: bigint): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (((blocks[middle]?.first ?? 0n) & bit) === 0n) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Chooses mergers that open the fewest addresses for each rule saved, until enough are saved. None contain others. */
function choose(mergers: readonly Merger[], needed: number): Merger[] {
  const price = ({ opens, saves }: Merger) => Number(opens) / Math.min(saves, needed);
  const chosen: Merger[] = [];
  const taken = new Map<number, Set<number>>();
  let left = needed;
  for (const merger of mergers.toSorted((one, other) => price(one) - price(other))) {
    if (left <= 0) break;
    const places = taken.get(merger.port) ?? new Set();
    taken.set(merger.port, places);
    const own = Array.from({ length: merger.to - merger.from }, (_, place) => merger.from + place);
    if (own.some((place) => places.has(place))) continue;
    for (const place of own) places.add(place);
    chosen.push(merger);
    left -= merger.saves;
  }
  return chosen.sort((one, other) => one.from - other.from);
}

/** Replaces the blocks that a merger contains with the merger. Both lists are in order. */
function merged(blocks: readonly Block[], mergers: readonly Merger[]): Block[] {
  const result: Block[] = [];
  let next = 0;
  for (const block of blocks) {
    while ((mergers[next]?.to ?? Number.POSITIVE_INFINITY) <= block.from) next++;
    const merger = mergers[next];
    if (merger === undefined || block.from < merger.from) result.push(block);
    else if (block.from === merger.from) {
      result.push({ first: merger.first, bits: merger.bits, from: merger.from, to: merger.to });
    }
  }
  return result;
}

function sizeOf(bits: number, prefix: number): bigint {
  return 1n << BigInt(bits - prefix);
}
