import fc from "fast-check";
import { type Block, mergeBlocks } from "../../../cli/learn/merge";
import { cidrText } from "../../../cli/learn/network";

/** Addresses close enough to merge some of them, with several ports. */
const addresses = fc
  .array(fc.tuple(fc.constantFrom(443, 5432, 8443), fc.nat(3), fc.oneof(fc.nat(15), fc.nat(255))), {
    minLength: 1,
    maxLength: 120,
  })
  .map((list) => {
    const byPort = new Map<number, bigint[]>();
    for (const [port, network, host] of list) {
      const number = BigInt(0x0a000000 + network * 256 + host);
      byPort.set(port, [...new Set([...(byPort.get(port) ?? []), number])]);
    }
    return new Map(
      [...byPort].map(([port, numbers]) => [port, numbers.sort((one, two) => Number(one - two))]),
    );
  });

const sizeOf = ({ bits }: Block) => 1n << BigInt(32 - bits);
const countOf = (merged: ReadonlyMap<number, readonly Block[]>) => [...merged.values()].flat().length;

test("exactly one block holds each address seen", () => {
  fc.assert(
    fc.property(addresses, fc.integer({ min: 1, max: 40 }), (seen, most) => {
      const merged = mergeBlocks("ipv4", seen, { widest: 24, most });
      for (const [port, numbers] of seen) {
        for (const number of numbers) {
          const holding = (merged.get(port) ?? []).filter(
            (block) => block.first <= number && number < block.first + sizeOf(block),
          );
          expect(holding).toHaveLength(1);
        }
      }
    }),
  );
});

test("no block is wider than the limit, and each lists the addresses in it", () => {
  fc.assert(
    fc.property(
      addresses,
      fc.integer({ min: 24, max: 32 }),
      fc.integer({ min: 1, max: 40 }),
      (seen, widest, most) => {
        for (const [port, blocks] of mergeBlocks("ipv4", seen, { widest, most })) {
          for (const block of blocks) {
            expect(block.bits).toBeGreaterThanOrEqual(widest);
            expect(block.first % sizeOf(block)).toBe(0n);
            const inside = (seen.get(port) ?? []).filter(
              (number) => block.first <= number && number < block.first + sizeOf(block),
            );
            expect(inside).toEqual((seen.get(port) ?? []).slice(block.from, block.to));
          }
        }
      },
    ),
  );
});

test("the number of blocks stays within the limit, unless all have the widest size", () => {
  fc.assert(
    fc.property(addresses, fc.integer({ min: 1, max: 40 }), (seen, most) => {
      const merged = mergeBlocks("ipv4", seen, { widest: 24, most });
      const networks = [...seen.values()].map(
        (numbers) => new Set(numbers.map((number) => number >> 8n)).size,
      );
      const least = networks.reduce((sum, count) => sum + count, 0);
      expect(countOf(merged)).toBeLessThanOrEqual(Math.max(most, least));
    }),
  );
});

test("with enough room, merging opens only addresses seen", () => {
  fc.assert(
    fc.property(addresses, (seen) => {
      for (const [, blocks] of mergeBlocks("ipv4", seen, { widest: 24, most: 1000 })) {
        for (const block of blocks) expect(sizeOf(block)).toBe(BigInt(block.to - block.from));
      }
    }),
  );
});

const blocksOf = (texts: readonly string[], limits: { widest: number; most: number }) => {
  const numbers = texts.map((text) =>
    BigInt(text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)),
  );
  const merged = mergeBlocks("ipv4", new Map([[443, numbers]]), limits);
  return (merged.get(443) ?? []).map(({ first, bits }) => cidrText("ipv4", first, bits));
};

test("merging starts where it opens least, and stops once the blocks fit", () => {
  const seen = ["10.0.0.1", "10.0.0.4", "10.0.0.6", "10.0.0.200", "10.9.0.1"];
  expect(blocksOf(seen, { widest: 24, most: 5 })).toHaveLength(5);
  expect(blocksOf(seen, { widest: 24, most: 4 })).toEqual([
    "10.0.0.1/32",
    "10.0.0.4/30",
    "10.0.0.200/32",
    "10.9.0.1/32",
  ]);
  expect(blocksOf(seen, { widest: 24, most: 3 })).toEqual(["10.0.0.0/29", "10.0.0.200/32", "10.9.0.1/32"]);
  expect(blocksOf(seen, { widest: 24, most: 1 })).toEqual(["10.0.0.0/24", "10.9.0.1/32"]);
  expect(blocksOf(seen, { widest: 12, most: 1 })).toEqual(["10.0.0.0/12"]);
});
