import fc from "fast-check";
import { contains, overlaps, type Reach, reachOf } from "../../provider/rule/reach";
import type { UnknownRecord } from "../../provider/rule/record";
import { ruleOf } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import { modelRule, twoModelRules } from "./arbitraries";
import { BITS, canonicalForm, type ModelRule } from "./modelRule";
import { accepted, PREFIX_LIST, RULE, TO_NOWHERE } from "./reading";

function reach(args: UnknownRecord): Reach {
  const found = reachOf(ruleOf(accepted(args)));
  if (found === undefined) throw new Error("its reach is not known");
  return found;
}

const tcp = (fromPort: number, toPort: number, cidrIpv4 = "10.0.0.0/16") =>
  reach({ ...RULE, fromPort, toPort, cidrIpv4 });
const icmp = (fromPort: number, toPort: number, ipProtocol = "icmp") =>
  reach({ ...RULE, ipProtocol, fromPort, toPort });
const protocol = (ipProtocol: string | number) => reach({ ...RULE, ipProtocol });
const to = (destination: UnknownRecord) => reach({ ...TO_NOWHERE, ...destination });

const CONTAINED: [what: string, outer: Reach, inner: Reach][] = [
  ["a port in a range", tcp(80, 90), tcp(90, 90)],
  ["a range in a range", tcp(80, 90), tcp(81, 89)],
  ["addresses in a shorter prefix", tcp(80, 80), tcp(80, 80, "10.0.255.0/24")],
  ["everything in all protocols", protocol(-1), tcp(80, 80)],
  ["ICMP in all protocols", protocol(-1), icmp(8, 0)],
  ["a type in all of ICMP", icmp(-1, -1), icmp(8, -1)],
  ["a code in all codes of its type", icmp(8, -1), icmp(8, 0)],
  ["the last code of the last type", icmp(-1, -1), icmp(255, 255)],
  ["IPv6 in IPv6", to({ cidrIpv6: "::/0" }), to({ cidrIpv6: "2001:db8::1/128" })],
];

test.each(CONTAINED)("contains: %s", (_, outer, inner) => {
  expect(contains(outer, inner)).toBe(true);
  expect(contains(inner, outer)).toBe(false);
  expect(overlaps(outer, inner)).toBe(true);
  expect(overlaps(inner, outer)).toBe(true);
});

const APART: [what: string, one: Reach, other: Reach][] = [
  ["neighbouring ports", tcp(80, 80), tcp(81, 81)],
  ["neighbouring networks", tcp(80, 80, "10.0.0.0/24"), tcp(80, 80, "10.0.1.0/24")],
  ["tcp and udp", tcp(80, 80), reach({ ...RULE, ipProtocol: "udp", fromPort: 80, toPort: 80 })],
  ["two protocols without ports", protocol(50), protocol(51)],
  ["two codes of a type", icmp(3, 0), icmp(3, 4)],
  ["the last code of a type and the first of the next", icmp(3, 255), icmp(4, 0)],
  ["ICMP and ICMPv6", icmp(-1, -1), icmp(-1, -1, "icmpv6")],
  ["the same number in both families", to({ cidrIpv4: "0.0.0.1/32" }), to({ cidrIpv6: "::1/128" })],
  ["a group and everything", to({ referencedSecurityGroupId: "sg-1a2b3c4d" }), protocol(-1)],
  [
    "two groups",
    to({ referencedSecurityGroupId: "sg-1a2b3c4d" }),
    to({ referencedSecurityGroupId: "sg-1a2b3c4e" }),
  ],
  ["a group and a list", to({ referencedSecurityGroupId: "sg-1a2b3c4d" }), to({ prefixListId: PREFIX_LIST })],
];

test.each(APART)("has nothing in common: %s", (_, one, other) => {
  expect(overlaps(one, other)).toBe(false);
  expect(overlaps(other, one)).toBe(false);
  expect(contains(one, other)).toBe(false);
});

test("overlaps without containing", () => {
  expect(overlaps(tcp(80, 90), tcp(85, 95))).toBe(true);
  expect(contains(tcp(80, 90), tcp(85, 95))).toBe(false);
});

test.each(["ipProtocol", "fromPort", "toPort", "cidrIpv4"])("is unknown while %s is unknown", (property) => {
  expect(reachOf(ruleOf(accepted({ ...RULE, [property]: UNKNOWN })))).toBeUndefined();
});

test("works without the group", () => {
  expect(reach({ ...RULE, securityGroupId: UNKNOWN })).toEqual(reach(RULE));
});

describe("properties", () => {
  const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 500) };
  const reachOfModel = (rule: ModelRule) => reach(canonicalForm(rule));

  test("a rule contains itself", () => {
    fc.assert(
      fc.property(modelRule, (rule) => contains(reachOfModel(rule), reachOfModel(rule))),
      RUNS,
    );
  });

  test("containment matches the model", () => {
    fc.assert(
      fc.property(twoModelRules, ([one, other]) => {
        expect(contains(reachOfModel(one), reachOfModel(other))).toBe(modelContains(one, other));
        expect(contains(reachOfModel(other), reachOfModel(one))).toBe(modelContains(other, one));
      }),
      RUNS,
    );
  });

  test("containment is transitive", () => {
    const wider = (rule: ModelRule) => fc.subarray([0, 1, 2]).map((ways) => ways.reduce(widened, rule));
    const chain = modelRule.chain((inner) =>
      wider(inner).chain((middle) => wider(middle).map((outer) => [inner, middle, outer] as const)),
    );
    fc.assert(
      fc.property(chain, ([inner, middle, outer]) => {
        expect(contains(reachOfModel(middle), reachOfModel(inner))).toBe(true);
        expect(contains(reachOfModel(outer), reachOfModel(middle))).toBe(true);
        expect(contains(reachOfModel(outer), reachOfModel(inner))).toBe(true);
      }),
      RUNS,
    );
  });

  test("a rule overlaps each rule that it contains, and overlap is symmetric", () => {
    fc.assert(
      fc.property(twoModelRules, ([one, other]) => {
        const [a, b] = [reachOfModel(one), reachOfModel(other)];
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        if (contains(a, b)) expect(overlaps(a, b)).toBe(true);
      }),
      RUNS,
    );
  });
});

/** The same rule, wider in one way: all protocols, every port, a shorter prefix. */
function widened(rule: ModelRule, way: number): ModelRule {
  const { protocol, ports, destination } = rule;
  if (way === 0) return { ...rule, protocol: -1, ports: undefined };
  if (way === 1)
    return ports ? { ...rule, ports: protocol === 6 || protocol === 17 ? [0, 65535] : [-1, -1] } : rule;
  if ("id" in destination || destination.length === 0) return rule;
  const length = destination.length - 1;
  const hostBits = BigInt(BITS[destination.kind] - length);
  return {
    ...rule,
    destination: { ...destination, length, network: (destination.network >> hostBits) << hostBits },
  };
}

function modelContains(outer: ModelRule, inner: ModelRule): boolean {
  if (outer.protocol !== -1 && outer.protocol !== inner.protocol) return false;
  return modelPortsContain(outer, inner) && modelAddressesContain(outer.destination, inner.destination);
}

function modelPortsContain({ protocol, ports: outer }: ModelRule, { ports: inner }: ModelRule): boolean {
  if (outer === undefined || inner === undefined) return true;
  if (protocol === 6 || protocol === 17) return outer[0] <= inner[0] && outer[1] >= inner[1];
  const [type, code] = outer;
  return type === -1 || (type === inner[0] && (code === -1 || code === inner[1]));
}

function modelAddressesContain(outer: ModelRule["destination"], inner: ModelRule["destination"]): boolean {
  if ("id" in outer || "id" in inner) {
    return outer.kind === inner.kind && "id" in outer && "id" in inner && outer.id === inner.id;
  }
  const hostBits = BigInt(BITS[outer.kind] - outer.length);
  return (
    outer.kind === inner.kind &&
    outer.length <= inner.length &&
    outer.network >> hostBits === inner.network >> hostBits
  );
}
