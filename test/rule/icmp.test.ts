import { UNKNOWN } from "../../provider/rule/unknown";
import { accepted, onlyReason, RULE, refused, refusedProperties } from "./reading";

function rule(ipProtocol: unknown, icmp: unknown) {
  return { ...RULE, ipProtocol, fromPort: undefined, toPort: undefined, icmp };
}

function portsOf(ipProtocol: unknown, icmp: unknown) {
  const { fromPort, toPort } = accepted(rule(ipProtocol, icmp));
  return [fromPort, toPort];
}

// IANA's registries of ICMP and ICMPv6 types.
const NAMED: readonly [protocol: string, name: string, type: number][] = [
  ["icmp", "echo-reply", 0],
  ["icmp", "destination-unreachable", 3],
  ["icmp", "source-quench", 4],
  ["icmp", "redirect", 5],
  ["icmp", "echo-request", 8],
  ["icmp", "router-advertisement", 9],
  ["icmp", "router-solicitation", 10],
  ["icmp", "time-exceeded", 11],
  ["icmp", "parameter-problem", 12],
  ["icmp", "timestamp-request", 13],
  ["icmp", "timestamp-reply", 14],
  ["icmpv6", "destination-unreachable", 1],
  ["icmpv6", "packet-too-big", 2],
  ["icmpv6", "time-exceeded", 3],
  ["icmpv6", "parameter-problem", 4],
  ["icmpv6", "echo-request", 128],
  ["icmpv6", "echo-reply", 129],
  ["icmpv6", "router-solicitation", 133],
  ["icmpv6", "router-advertisement", 134],
  ["icmpv6", "neighbor-solicitation", 135],
  ["icmpv6", "neighbor-advertisement", 136],
  ["icmpv6", "redirect", 137],
];

test.each(NAMED)("%s %s is type %d, all codes", (protocol, name, type) => {
  expect(portsOf(protocol, { type: name })).toEqual([type, -1]);
});

test.each<[unknown, unknown, number, number]>([
  [8, 0, 8, 0],
  ["8", "0", 8, 0],
  [8, undefined, 8, -1],
  [8, null, 8, -1],
  [8, -1, 8, -1],
  [-1, undefined, -1, -1],
  [-1, -1, -1, -1],
  ["all", undefined, -1, -1],
  ["all", -1, -1, -1],
  ["ALL", undefined, -1, -1],
  ["Echo-Request", 0, 8, 0],
  [" echo-request ", 0, 8, 0],
  [255, 255, 255, 255],
])("type %j and code %j are the ports %d and %d", (type, code, from, to) => {
  expect(portsOf("icmp", { type, code })).toEqual([from, to]);
});

test.each([1, "1", "ICMP"])("the protocol may be spelled %j", (protocol) => {
  expect(portsOf(protocol, { type: "echo-request", code: 0 })).toEqual([8, 0]);
});

test("state holds ports, never icmp", () => {
  expect(accepted(rule("icmp", { type: 8, code: 0 }))).not.toHaveProperty("icmp");
});

test.each([
  ["icmp", "packet-too-big", "echo-request"],
  ["icmp", "ping", "echo-request"],
  ["icmp", "constructor", "echo-request"],
  ["icmpv6", "timestamp-request", "packet-too-big"],
  ["icmpv6", "", "packet-too-big"],
])("%s has no type %j: the error lists the valid names", (protocol, name, known) => {
  const reason = onlyReason("icmp.type", rule(protocol, { type: name }));
  expect(reason).toContain(`${JSON.stringify(name)} is not a type of ${protocol}`);
  expect(reason).toContain("use a number or one of all, ");
  expect(reason).toContain(known);
});

test.each<[unknown]>([[256], [-2], ["256"], [8.5], [true], [[8]]])("%j is not a type", (bad) => {
  const reason = onlyReason("icmp.type", rule("icmp", { type: bad, code: 0 }));
  expect(reason).toBe(`${JSON.stringify(bad)} is not an ICMP type from -1 to 255`);
});

test.each<[unknown]>([[256], [-2], ["all"], [0.5], [false], ["0-5"]])("%j is not a code", (bad) => {
  const reason = onlyReason("icmp.code", rule("icmp", { type: 8, code: bad }));
  expect(reason).toBe(`${JSON.stringify(bad)} is not an ICMP code from -1 to 255`);
});

test.each([[-1], ["all"]])("a single code of type %j is refused", (all) => {
  const reason = onlyReason("icmp.code", rule("icmp", { type: all, code: 4 }));
  expect(reason).toContain("4 is a single code");
  expect(reason).toContain("use code -1");
});

test.each([[undefined], [null]])("a type given as %j is missing", (nothing) => {
  const reason = onlyReason("icmp.type", rule("icmp", { type: nothing, code: 0 }));
  expect(reason).toContain("is missing");
  expect(reason).toContain('"echo-request"');
});

test("an unknown key in icmp is refused by its name", () => {
  const reason = onlyReason("icmp.kind", rule("icmp", { type: 8, kind: 0 }));
  expect(reason).toContain("is not an argument");
  expect(reason).toContain("icmp takes type and code");
});

test.each<[unknown]>([["echo-request"], [8], [true], [[8, 0]]])(
  "%j does not have the form of icmp",
  (bad) => {
    const reason = onlyReason("icmp", rule("icmp", bad));
    expect(reason).toContain(`${JSON.stringify(bad)} is not of the form`);
    expect(reason).toContain('{ type: "echo-request", code: 0 }');
  },
);

test("every wrong part is reported at once", () => {
  const bad = rule("icmp", { type: "ping", code: 256, kind: 0 });
  expect(refusedProperties(bad).sort()).toEqual(["icmp.code", "icmp.kind", "icmp.type"]);
});

test("icmp beside ports is refused at the ports", () => {
  const failures = refused({ ...rule("icmp", { type: 8, code: 0 }), fromPort: 8, toPort: 0 });
  expect(failures.map(({ property }) => property)).toEqual(["fromPort", "toPort"]);
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^8 conflicts with icmp.*specify one of the two/),
    expect.stringMatching(/^0 conflicts with icmp.*specify one of the two/),
  ]);
});

test.each(["tcp", "udp", "-1", "50"])("icmp is not valid with protocol %s", (protocol) => {
  const reason = onlyReason("icmp", rule(protocol, { type: 8 }));
  expect(reason).toContain('{"type":8} is not valid');
  expect(reason).toContain(`ipProtocol "${protocol}"`);
  expect(reason).toContain("use icmp or icmpv6, or remove it");
});

test.each<[string, unknown, unknown, unknown]>([
  ["all of it", UNKNOWN, UNKNOWN, UNKNOWN],
  ["its type", { type: UNKNOWN, code: 0 }, UNKNOWN, 0],
  ["its code", { type: "echo-request", code: UNKNOWN }, 8, UNKNOWN],
  ["the code of all types", { type: "all", code: UNKNOWN }, -1, UNKNOWN],
  ["type and code", { type: UNKNOWN, code: UNKNOWN }, UNKNOWN, UNKNOWN],
])("while %s is unknown, everything that depends on it is unknown", (_, icmp, from, to) => {
  expect(portsOf("icmp", icmp)).toEqual([from, to]);
});

test("known parts are checked beside unknown ones", () => {
  expect(refusedProperties(rule("icmp", { type: UNKNOWN, code: 256 }))).toEqual(["icmp.code"]);
  expect(refusedProperties(rule("icmp", { type: "ping", code: UNKNOWN }))).toEqual(["icmp.type"]);
});

test("a type name has no number while the protocol is unknown", () => {
  expect(portsOf(UNKNOWN, { type: "echo-request", code: 0 })).toEqual([UNKNOWN, 0]);
  expect(portsOf(UNKNOWN, { type: 8, code: 0 })).toEqual([8, 0]);
});
