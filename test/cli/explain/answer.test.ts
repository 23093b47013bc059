import fc from "fast-check";
import { answerOf } from "../../../cli/explain/answer";
import { parseQuestion } from "../../../cli/explain/question";
import type { GroupRules, Traffic } from "../../../cli/program/model";

const NO_PROGRAM = { groups: [], gaps: [] };
const because = { urn: "urn", resource: "r", type: "t" };

function group(rules: readonly Traffic[], unknown: readonly string[] = []): GroupRules {
  return {
    rules: rules.map((traffic) => ({ traffic, because })),
    unknown: unknown.map((what) => ({ what, because })),
    exclusive: [],
  };
}

const ask = (rules: GroupRules, to: string, port?: string, protocol?: string) =>
  answerOf(parseQuestion({ to, ...(port && { port }), ...(protocol && { protocol }) }, NO_PROGRAM), rules);

const tcp = (from: number, to: number, value: string): Traffic => ({
  protocol: "tcp",
  ports: { from, to },
  destination: {
    kind: value.startsWith("sg-")
      ? "securityGroup"
      : value.startsWith("pl-")
        ? "prefixList"
        : value.includes(":")
          ? "ipv6"
          : "ipv4",
    value,
  },
});
const all = (value: string): Traffic => ({
  protocol: "-1",
  destination: { kind: value.includes(":") ? "ipv6" : "ipv4", value },
});

test("answers yes where one rule allows the packet, or several do together", () => {
  expect(ask(group([tcp(443, 443, "10.0.0.0/24")]), "10.0.0.7", "443")).toMatchObject({
    answer: "yes",
    by: [{ because }],
  });
  const halves = group([tcp(443, 443, "10.0.0.0/25"), tcp(443, 443, "10.0.0.128/25")]);
  expect(ask(halves, "10.0.0.0/24", "443")).toMatchObject({ answer: "yes", by: [{}, {}] });
});

test("a no names the closest rules", () => {
  const rules = group([
    tcp(443, 443, "10.9.0.0/24"),
    tcp(443, 443, "10.0.0.0/24"),
    tcp(22, 22, "10.0.1.0/24"),
  ]);
  const { answer, nearest } = ask(rules, "10.0.1.7", "443");
  expect(answer).toBe("no");
  expect(nearest.map(({ text }) => text)).toEqual([
    "tcp 443 goes to 10.0.0.0/24, 10.9.0.0/24 only",
    "what goes there is tcp 22 only",
  ]);
  expect(ask(rules, "10.0.0.0/23", "443").nearest[0]?.text).toBe(
    "only part of the traffic is allowed, by tcp 443 to 10.0.0.0/24",
  );
  expect(ask(group([]), "10.0.1.7", "443").nearest[0]?.text).toContain("no known rule");
});

test.each([
  ["a rule that is not known", group([], ["cidrIpv4 is secret"]), "10.0.0.7", "cidrIpv4 is secret"],
  [
    "an address that may be in a group",
    group([tcp(443, 443, "sg-00000001")]),
    "10.0.0.7",
    "is in that group",
  ],
  ["an address that may be in a list", group([tcp(443, 443, "pl-00000001")]), "10.0.0.7", "is in that list"],
  [
    "a group whose addresses may be in a CIDR",
    group([tcp(443, 443, "10.0.0.0/8")]),
    "sg-00000001",
    "that are in 10.0.0.0/8",
  ],
])("answers neither yes nor no for %s", (_, rules, to, why) => {
  expect(ask(rules, to, "443")).toMatchObject({ answer: "unknown", unless: [expect.stringContaining(why)] });
});

test("reaching a group takes every address of one family; a list of both kinds takes both families", () => {
  const ipv4 = group([all("0.0.0.0/0")]);
  expect(ask(ipv4, "sg-00000001", "443")).toMatchObject({ answer: "yes", only: "over IPv4 only" });
  expect(ask(ipv4, "pl-00000001", "443").answer).toBe("unknown");
  expect(ask(group([all("0.0.0.0/0"), all("::/0")]), "pl-00000001", "443").answer).toBe("yes");
});

test("traffic that security groups never filter needs no rule", () => {
  expect(ask(group([]), "169.254.169.254", "80")).toMatchObject({
    answer: "unfiltered",
    unfiltered: expect.stringContaining("instance metadata"),
  });
  expect(ask(group([]), "fd00:ec2::123", "123", "udp").answer).toBe("unfiltered");
  expect(ask(group([]), "169.254.0.0/16", "80").answer).toBe("no");
});

test("a port alone means TCP, no port and no protocol mean all traffic, and ICMP goes by its type", () => {
  expect(parseQuestion({ to: "10.0.0.7", port: "443" }, NO_PROGRAM).text).toBe("tcp 443 to 10.0.0.7");
  expect(parseQuestion({ to: "2001:DB8::7" }, NO_PROGRAM).text).toBe("all traffic to 2001:db8::7");
  expect(parseQuestion({ to: "10.0.0.0/8", port: "8080-8081", protocol: "17" }, NO_PROGRAM).text).toBe(
    "udp 8080-8081 to 10.0.0.0/8",
  );
  expect(parseQuestion({ to: "10.0.0.7", port: "8", protocol: "icmp" }, NO_PROGRAM).text).toBe(
    "icmp type 8 to 10.0.0.7",
  );
});

test.each([
  [{ to: "example.com", port: "443" }, '--to: "example.com" is not an address'],
  [{ to: "10.0.0.7", port: "70000" }, '--port: "70000" is not a port'],
  [{ to: "10.0.0.7", protocol: "tcp" }, "--port: is required"],
  [{ to: "10.0.0.7", protocol: "tpc", port: "1" }, '--protocol: "tpc" is not a protocol'],
  [{ to: "10.0.0.7", protocol: "50", port: "1" }, '--port: "1" is not valid with --protocol 50'],
])("a bad question, %j, is an error that names the option", (asked, message) => {
  expect(() => parseQuestion(asked, NO_PROGRAM)).toThrow(message);
});

test("answers yes exactly where a rule allows the packet, as far as everything is known", () => {
  const byte = fc.integer({ min: 0, max: 7 });
  const port = fc.integer({ min: 0, max: 7 });
  const rule = fc.record({ base: byte, bits: fc.integer({ min: 29, max: 32 }), one: port, other: port });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 6 }), byte, port, (rules, host, asked) => {
      const allows = rules.some(({ base, bits, one, other }) => {
        const size = 2 ** (32 - bits);
        const first = Math.floor(base / size) * size;
        return (
          host >= first &&
          host < first + size &&
          asked >= Math.min(one, other) &&
          asked <= Math.max(one, other)
        );
      });
      const declared = rules.map(({ base, bits, one, other }) => {
        const size = 2 ** (32 - bits);
        return tcp(
          Math.min(one, other),
          Math.max(one, other),
          `10.0.0.${Math.floor(base / size) * size}/${bits}`,
        );
      });
      expect(ask(group(declared), `10.0.0.${host}`, String(asked)).answer).toBe(allows ? "yes" : "no");
    }),
  );
});
