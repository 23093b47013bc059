import fc from "fast-check";
import { egressMatchers, type Traffic } from "../../testing";
import { rulesOf } from "./rules";

/** Every packet of a small world: two protocols and one that no rule names, four ports, sixteen addresses. */
interface Packets {
  readonly protocol: "tcp" | "udp" | "all";
  readonly from: number;
  readonly to: number;
  /** The first address within 10.0.0.0/28, and the free bits. */
  readonly start: number;
  readonly free: number;
}

const packets: fc.Arbitrary<Packets> = fc
  .record({
    protocol: fc.constantFrom<Packets["protocol"]>("tcp", "tcp", "tcp", "udp", "all"),
    ports: fc.tuple(fc.nat(3), fc.nat(3)),
    address: fc.nat(15),
    free: fc.nat(4),
  })
  .map(({ protocol, ports: [one, other], address, free }) => ({
    protocol,
    from: protocol === "all" ? 0 : Math.min(one, other),
    to: protocol === "all" ? 3 : Math.max(one, other),
    start: (address >> free) << free,
    free,
  }));
const several = fc.array(packets, { maxLength: 6 });

function each({ protocol, from, to, start, free }: Packets): string[] {
  const found: string[] = [];
  for (const one of protocol === "all" ? ["tcp", "udp", "another"] : [protocol]) {
    for (let port = from; port <= to; port++) {
      for (let address = start; address < start + 2 ** free; address++)
        found.push(`${one} ${port} ${address}`);
    }
  }
  return found;
}

const cidr = ({ start, free }: Packets) => `10.0.0.${start}/${32 - free}`;
const traffic = (one: Packets): Traffic =>
  one.protocol === "all"
    ? { protocol: "all", to: cidr(one) }
    : { protocol: one.protocol, ports: [one.from, one.to], to: cidr(one) };
const rules = (all: Packets[]) =>
  rulesOf(
    ...all.map((one) =>
      one.protocol === "all" ? `-1 to ${cidr(one)}` : `${one.protocol} ${one.from}-${one.to} to ${cidr(one)}`,
    ),
  );

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 500) };
const { toAllow, toDeny, toAllowOnly } = egressMatchers;

test("toAllow holds exactly if every packet is allowed, toDeny exactly if none is", () => {
  fc.assert(
    fc.property(several, packets, (declared, asked) => {
      const open = new Set(declared.flatMap(each));
      expect(toAllow(rules(declared), traffic(asked)).pass).toBe(each(asked).every((one) => open.has(one)));
      expect(toDeny(rules(declared), traffic(asked)).pass).toBe(!each(asked).some((one) => open.has(one)));
    }),
    RUNS,
  );
});

test("toAllowOnly holds exactly if the packets are the same", () => {
  const pairs = fc.oneof(
    fc.tuple(several, several),
    // The same packets, split in halves.
    several.map((declared): [Packets[], Packets[]] => [declared, declared.flatMap(halves)]),
  );
  fc.assert(
    fc.property(pairs, fc.boolean(), ([one, other], isTurned) => {
      const [declared, asked] = isTurned ? [other, one] : [one, other];
      const [open, wanted] = [declared, asked].map((all) => [...new Set(all.flatMap(each))].sort());
      const same = JSON.stringify(open) === JSON.stringify(wanted);
      expect(toAllowOnly(rules(declared), asked.map(traffic)).pass).toBe(same);
    }),
    RUNS,
  );
});

function halves(one: Packets): Packets[] {
  if (one.free === 0) return [one];
  const free = one.free - 1;
  return [
    { ...one, free },
    { ...one, free, start: one.start + 2 ** free },
  ];
}
