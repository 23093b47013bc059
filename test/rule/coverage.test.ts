import fc from "fast-check";
import { uncovered } from "../../provider/rule/coverage";
import { overlaps, type Reach } from "../../provider/rule/reach";

const piece = (
  numbers: readonly [number, number],
  addresses: readonly [number, number],
  protocol = "tcp",
): Reach => ({
  protocol,
  numbers: { first: numbers[0], last: numbers[1] },
  space: "ipv4",
  addresses: { first: BigInt(addresses[0]), last: BigInt(addresses[1]) },
});

test("two halves of the addresses cover the whole", () => {
  expect(
    uncovered(piece([443, 443], [0, 15]), [piece([443, 443], [8, 15]), piece([0, 500], [0, 7])]),
  ).toEqual([]);
});

test("adjacent ranges of ports cover their union", () => {
  expect(uncovered(piece([0, 99], [0, 15]), [piece([0, 49], [0, 15]), piece([50, 99], [0, 15])])).toEqual([]);
});

test("the remainder keeps its ports together", () => {
  expect(uncovered(piece([0, 99], [0, 15]), [piece([40, 49], [4, 7])])).toEqual([
    piece([0, 99], [0, 3]),
    piece([0, 99], [8, 15]),
    piece([0, 39], [4, 7]),
    piece([50, 99], [4, 7]),
  ]);
});

test("single protocols never add up to all protocols", () => {
  const everything = piece([0, 3], [0, 15], "-1");
  const single = Array.from({ length: 256 }, (_, number) => piece([0, 3], [0, 15], String(number)));
  expect(uncovered(everything, [...single, piece([0, 3], [0, 15], "tcp")])).toEqual([everything]);
  expect(uncovered(everything, [everything])).toEqual([]);
});

/** Small enough to check every packet: three protocols, one without a rule of its own, and two spaces. */
const PROTOCOLS = ["tcp", "udp", "another"];
const NUMBERS = [0, 1, 2, 3];
const SPACES = ["ipv4", "prefixList pl-1"];
const ADDRESSES = Array.from({ length: 16 }, (_, address) => BigInt(address));

const range = (last: number) =>
  fc
    .tuple(fc.nat(last), fc.nat(last))
    .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
const reach: fc.Arbitrary<Reach> = fc.record({
  protocol: fc.constantFrom("tcp", "tcp", "udp", "-1"),
  numbers: range(3),
  space: fc.constantFrom("ipv4", "ipv4", "ipv4", "prefixList pl-1"),
  addresses: range(15).map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) })),
});

function packets({ protocol, numbers, space, addresses }: Reach): string[] {
  return PROTOCOLS.filter((one) => protocol === "-1" || one === protocol).flatMap((one) =>
    SPACES.filter((place) => place === space).flatMap((place) =>
      NUMBERS.filter((number) => numbers.first <= number && number <= numbers.last).flatMap((number) =>
        ADDRESSES.filter((address) => addresses.first <= address && address <= addresses.last).map(
          (address) => `${one} ${number} ${place} ${address}`,
        ),
      ),
    ),
  );
}

describe("properties", () => {
  const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) };
  const several = fc.array(reach, { maxLength: 8 });

  test("nothing remains exactly if every packet is covered", () => {
    fc.assert(
      fc.property(reach, several, (target, others) => {
        const covered = new Set(others.flatMap(packets));
        expect(uncovered(target, others).length === 0).toBe(packets(target).every((one) => covered.has(one)));
      }),
      RUNS,
    );
  });

  test("the remainder is every uncovered packet, once", () => {
    fc.assert(
      fc.property(reach, several, (target, others) => {
        fc.pre(target.protocol !== "-1");
        const covered = new Set(others.flatMap(packets));
        const left = uncovered(target, others).flatMap(packets);
        expect(left.sort()).toEqual(
          packets(target)
            .filter((one) => !covered.has(one))
            .sort(),
        );
      }),
      RUNS,
    );
  });

  test("two rules overlap exactly if they share a packet", () => {
    fc.assert(
      fc.property(reach, reach, (one, other) => {
        const those = new Set(packets(other));
        expect(overlaps(one, other)).toBe(packets(one).some((packet) => those.has(packet)));
      }),
      RUNS,
    );
  });
});
