import { accepted, onlyReason, RULE } from "./reading";

const protocolOf = (ipProtocol: unknown) => accepted({ ...RULE, ipProtocol }).ipProtocol;

// Ports valid for every protocol: as ports, and as an ICMP type and code.
const withPorts = { ...RULE, fromPort: 3, toPort: 4 };

test.each<[unknown, string]>([
  ["tcp", "tcp"],
  ["TCP", "tcp"],
  ["Tcp", "tcp"],
  [" tcp ", "tcp"],
  ["6", "tcp"],
  ["006", "tcp"],
  [6, "tcp"],
  ["udp", "udp"],
  ["UDP", "udp"],
  ["17", "udp"],
  [17, "udp"],
  ["-1", "-1"],
  [-1, "-1"],
  ["all", "-1"],
  ["ALL", "-1"],
  ["All", "-1"],
  ["50", "50"],
  [50, "50"],
  ["051", "51"],
  [0, "0"],
  ["0", "0"],
  [255, "255"],
])("%j is %j", (spelling, canonical) => {
  expect(protocolOf(spelling)).toBe(canonical);
});

test.each<[unknown, string]>([
  ["icmp", "icmp"],
  ["ICMP", "icmp"],
  ["1", "icmp"],
  [1, "icmp"],
  ["icmpv6", "icmpv6"],
  ["ICMPv6", "icmpv6"],
  ["58", "icmpv6"],
  [58, "icmpv6"],
])("%j is %j", (spelling, canonical) => {
  expect(accepted({ ...withPorts, ipProtocol: spelling }).ipProtocol).toBe(canonical);
});

test("all numbers but four stay numbers, given as a number or as text", () => {
  const numbers = Array.from({ length: 256 }, (_, number) => number);
  const named: { [number: number]: string } = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };
  const canonical = numbers.map((number) => named[number] ?? String(number));
  const parseAll = (spellings: readonly unknown[]) =>
    spellings.map((ipProtocol) => accepted({ ...withPorts, ipProtocol }).ipProtocol);
  expect(parseAll(numbers)).toEqual(canonical);
  expect(parseAll(numbers.map(String))).toEqual(canonical);
});

test.each<[unknown]>([
  ["https"],
  ["tcpp"],
  [""],
  ["constructor"],
  ["__proto__"],
  ["toString"],
  [256],
  ["256"],
  [-2],
  ["-2"],
  [6.5],
  ["6.0"],
  ["0x6"],
  [true],
  [["tcp"]],
  [{}],
])("%j is refused, with an alternative", (bad) => {
  const reason = onlyReason("ipProtocol", { ...RULE, ipProtocol: bad });
  expect(reason).toContain(`${JSON.stringify(bad)} is not a protocol`);
  for (const remedy of ["tcp", "udp", "icmp", "icmpv6", "0 to 255", "-1 for all"]) {
    expect(reason).toContain(remedy);
  }
});

test.each([
  ["ah", "51"],
  ["esp", "50"],
  ["ESP", "50"],
  ["gre", "47"],
  ["igmp", "2"],
  ["ipv6-icmp", "icmpv6"],
  ["IPv6-ICMP", "icmpv6"],
  ["ospf", "89"],
  ["sctp", "132"],
  ["vrrp", "112"],
])("%j, a name unknown to EC2, is refused with the correct one: %s", (name, known) => {
  const reason = onlyReason("ipProtocol", { ...RULE, ipProtocol: name });
  expect(reason).toContain(`"${name}" is not a name that EC2 knows`);
  expect(reason).toContain(`use "${known}"`);
  // The remedy works.
  expect(accepted({ ...withPorts, ipProtocol: known }).ipProtocol).toBe(known);
});

test.each([[undefined], [null]])("given as %j, the protocol is missing", (nothing) => {
  expect(onlyReason("ipProtocol", { ...RULE, ipProtocol: nothing })).toContain("is required");
});
