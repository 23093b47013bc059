import fc from "fast-check";
import type { DeclaredRule } from "../../../cli/program/model";
import type { Piece } from "../../../cli/review/piece";
import { reviewOf } from "../../../cli/review/review";
import { from, model, only, reviewed, rule, rules } from "./rules";

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

/** A packet: its protocol and its destination. A group or a prefix list is a separate place. */
interface Packet {
  readonly protocol: string;
  readonly number: number;
  readonly space: string;
  readonly address: bigint;
}

/** A rule's traffic, computed without the code under test. */
interface Plain {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  readonly place: {
    readonly space: string;
    readonly start: bigint;
    readonly bits: number;
    readonly text: string;
  };
}

const ipv4 = fc.tuple(fc.integer({ min: 24, max: 32 }), fc.nat(255)).map(([bits, host]) => {
  const start = BigInt((host >> (32 - bits)) << (32 - bits));
  return { space: "ipv4", start: (10n << 24n) + start, bits: 32 - bits, text: `10.0.0.${start}/${bits}` };
});
const ipv6 = fc.tuple(fc.integer({ min: 120, max: 128 }), fc.nat(255)).map(([bits, host]) => {
  const start = BigInt((host >> (128 - bits)) << (128 - bits));
  return {
    space: "ipv6",
    start: (0x20010db8n << 96n) + start,
    bits: 128 - bits,
    text: `2001:db8::${start.toString(16)}/${bits}`,
  };
});
const everywhere = fc.constantFrom(
  { space: "ipv4", start: 0n, bits: 32, text: "0.0.0.0/0" },
  { space: "ipv4", start: 0n, bits: 31, text: "0.0.0.0/1" },
  { space: "ipv4", start: 1n << 31n, bits: 31, text: "128.0.0.0/1" },
  { space: "ipv6", start: 0n, bits: 128, text: "::/0" },
);
const named = fc
  .constantFrom("sg-0a1b2c3d", "pl-0a1b2c3d")
  .map((text) => ({ space: text, start: 0n, bits: 0, text }));
const place = fc.oneof({ weight: 6, arbitrary: ipv4 }, { weight: 2, arbitrary: ipv6 }, named, everywhere);

const ports = fc
  .tuple(fc.constantFrom("tcp", "tcp", "udp"), fc.nat(5), fc.nat(5))
  .map(([protocol, one, other]) => ({ protocol, first: Math.min(one, other), last: Math.max(one, other) }));
const icmp = fc
  .tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 2 }))
  .map(([type, code]) => {
    if (type === -1) return { protocol: "icmp", first: 0, last: 65535 };
    return {
      protocol: "icmp",
      first: type * 256 + Math.max(code, 0),
      last: type * 256 + (code === -1 ? 255 : code),
    };
  });
const whole = fc
  .constantFrom("-1", "-1", "50", "tcp", "udp")
  .map((protocol) => ({ protocol, first: 0, last: 65535 }));
const plain: fc.Arbitrary<Plain> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: ports }, icmp, whole), place)
  .map(([traffic, where]) => ({ ...traffic, place: where }));
const plains = fc.array(plain, { maxLength: 8 });

function declared({ protocol, first, last, place: { text } }: Plain, at = 0): DeclaredRule {
  const said = () => {
    if (protocol === "tcp" || protocol === "udp") return `${protocol} ${first}-${last}`;
    if (protocol !== "icmp") return protocol;
    if (first === 0 && last === 65535) return "icmp -1/-1";
    return `icmp ${first >> 8}/${last - first === 255 ? -1 : first & 255}`;
  };
  return rule(`${said()} to ${text}`, from(`rule-${at}`));
}

function allows({ protocol, first, last, place: { space, start, bits } }: Plain, packet: Packet): boolean {
  return (
    (protocol === "-1" || protocol === packet.protocol) &&
    first <= packet.number &&
    packet.number <= last &&
    space === packet.space &&
    start <= packet.address &&
    packet.address < start + (1n << BigInt(bits))
  );
}

/** Each corner of each rule and its neighbors: if two sets of rules differ, they differ at one of these. */
function packetsOf(among: readonly Plain[], pieces: readonly Piece[] = []): Packet[] {
  const numbers = new Set([
    0,
    65535,
    ...among.flatMap(({ first, last }) => [first, last, first - 1, last + 1]),
    // ICMP also splits where a type begins.
    ...pieces.map((piece) => piece.numbers.start),
  ]);
  const protocols = new Set(["another", ...among.map(({ protocol }) => protocol)]);
  protocols.delete("-1");
  const packets: Packet[] = [];
  for (const space of new Set(among.map((one) => one.place.space))) {
    const places = among.map((one) => one.place).filter((one) => one.space === space);
    const ends = places.flatMap(({ start, bits }) => [start, start + (1n << BigInt(bits))]);
    const addresses = new Set(ends.flatMap((end) => [end, end - 1n]).filter((address) => address >= 0n));
    for (const piece of pieces)
      if (piece.space.split(" ").at(-1) === space) addresses.add(piece.addresses.start);
    for (const protocol of protocols) {
      for (const number of numbers) {
        if (number < 0 || number > 65535) continue;
        for (const address of addresses) packets.push({ protocol, number, space, address });
      }
    }
  }
  return packets;
}

function holds(piece: Piece, packet: Packet): boolean {
  return (
    (piece.protocol === "-1"
      ? !piece.except.includes(packet.protocol)
      : piece.protocol === packet.protocol) &&
    piece.numbers.start <= packet.number &&
    packet.number < piece.numbers.end &&
    piece.space.split(" ").at(-1) === packet.space &&
    piece.addresses.start <= packet.address &&
    packet.address < piece.addresses.end
  );
}

test("exactly what some rule allows after and none before opens, each packet in one piece; closing mirrors it", () => {
  fc.assert(
    fc.property(plains, plains, (before, after) => {
      const review = reviewed(before.map(declared), after.map(declared));
      for (const packet of packetsOf([...before, ...after])) {
        const [was, is] = [before, after].map((side) => side.some((one) => allows(one, packet)));
        const opens = review.opens.filter((piece) => holds(piece, packet)).length;
        const closes = review.closes.filter((piece) => holds(piece, packet)).length;
        if (opens === Number(is && !was) && closes === Number(was && !is)) continue;
        throw new Error(
          `${packet.protocol} ${packet.number} to ${packet.address} of ${packet.space}: ${opens} pieces open and ${closes} close it`,
        );
      }
    }),
    RUNS,
  );
});

test("the verdict follows from the packets", () => {
  fc.assert(
    fc.property(plains, plains, (before, after) => {
      const packets = packetsOf([...before, ...after]);
      const some = (side: Plain[], other: Plain[]) =>
        packets.some(
          (packet) => side.some((one) => allows(one, packet)) && !other.some((one) => allows(one, packet)),
        );
      const [widens, narrows] = [some(after, before), some(before, after)];
      const verdict = widens
        ? narrows
          ? "widens and narrows"
          : "widens"
        : narrows
          ? "narrows"
          : "no change";
      expect(reviewed(before.map(declared), after.map(declared)).verdict).toBe(verdict);
    }),
    RUNS,
  );
});

test("a piece names exactly the rules that allow some of it", () => {
  fc.assert(
    fc.property(plains, plains, (before, after) => {
      const afters = after.map((one, at) => ({ one, declared: declared(one, at) }));
      const review = reviewed(
        before.map(declared),
        afters.map((each) => each.declared),
      );
      for (const piece of review.opens) {
        const packets = packetsOf([...before, ...after], review.opens).filter((packet) =>
          holds(piece, packet),
        );
        const owners = afters.filter(({ one }) => packets.some((packet) => allows(one, packet)));
        expect(piece.because.map(({ resource }) => resource).sort()).toEqual(
          owners.map((each) => each.declared.because.resource).sort(),
        );
      }
    }),
    RUNS,
  );
});

/** The same rules in another form: reordered, repeated, on other resources, or split in halves. */
const respelled = plains.chain((some) =>
  fc.tuple(
    fc.constant(some),
    fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2, maxLength: some.length * 2 }),
    fc.array(fc.constantFrom("whole", "addresses", "ports"), {
      minLength: some.length * 2,
      maxLength: some.length * 2,
    }),
  ),
);

function halves(one: Plain, how: string | undefined): Plain[] {
  const { place: where, first, last, protocol } = one;
  const family = where.space === "ipv4" ? 32 : 128;
  if (how === "addresses" && where.bits > 0) {
    const bits = where.bits - 1;
    return [where.start, where.start + (1n << BigInt(bits))].map((start) => ({
      ...one,
      place: { ...where, start, bits, text: `${addressText(where.space, start)}/${family - bits}` },
    }));
  }
  if (how === "ports" && (protocol === "tcp" || protocol === "udp") && first < last) {
    return [
      { ...one, last: first },
      { ...one, first: first + 1 },
    ];
  }
  return [one];
}

function addressText(space: string, address: bigint): string {
  if (space === "ipv4") return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
  return [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
    .map((shift) => ((address >> shift) & 65535n).toString(16))
    .join(":");
}

test("splitting, merging, reordering, repeating or respelling rules is never a change", () => {
  fc.assert(
    fc.property(respelled, ([some, again, how]) => {
      const otherwise = again
        .flatMap((one, at) => halves(one, how[at]))
        .map((one, at) => declared(one, at + 100));
      const [one, other] = [some.map(declared), otherwise];
      for (const review of [reviewed(one, other), reviewed(other, one)]) {
        expect(review).toMatchObject({ verdict: "no change", opens: [], closes: [] });
      }
    }),
    RUNS,
  );
});

test("the order of rules never changes the report", () => {
  fc.assert(
    fc.property(
      plains,
      plains.chain((some) =>
        fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
      ),
      (before, [after, shuffled]) => {
        const texts = (side: Plain[]) =>
          only(
            reviewOf(model([{ before: rules(before.map(declared)), after: rules(side.map(declared)) }])),
          ).opens.map(({ text }) => text);
        expect(texts(shuffled)).toEqual(texts(after));
      },
    ),
    RUNS,
  );
});
