import { egressMatchers, type Traffic } from "../../testing";
import { rulesOf } from "./rules";

expect.extend(egressMatchers);

/** The message of an assertion that must fail. */
function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the assertion holds");
}

const https = (to: string): Traffic => ({ protocol: "tcp", port: 443, to });

describe("toAllow and toDeny", () => {
  const ALLOWED: [rules: string[], traffic: Traffic][] = [
    [["tcp 443 to 10.0.0.0/16"], https("10.0.0.7")],
    [["tcp 443 to 10.0.0.0/16"], https("10.0.3.0/24")],
    [["tcp 443 to 10.0.0.0/16"], { protocol: 6, ports: [443, 443], to: "10.0.0.9/16" }],
    [["tcp 0-65535 to 10.0.0.0/16"], { protocol: "TCP", to: "10.0.0.0/16" }],
    [["-1 to 0.0.0.0/0"], https("10.0.0.7")],
    [["-1 to 0.0.0.0/0"], { protocol: "all", to: "0.0.0.0/0" }],
    [["50 to 10.0.0.0/16"], { protocol: 50, to: "10.0.0.7" }],
    [["tcp 443 to 10.0.0.0/25", "tcp 443 to 10.0.0.128/25"], https("10.0.0.0/24")],
    [
      ["tcp 1-99 to 10.0.0.0/8", "tcp 100-199 to 10.0.0.0/8"],
      { protocol: "tcp", ports: [50, 150], to: "10.0.0.7" },
    ],
    [["tcp 443 to 2001:db8::/32"], https("2001:DB8::7")],
    [["tcp 443 to ::/1", "tcp 443 to 8000::/1"], https("::/0")],
    [
      ["icmp 8--1 to 10.0.0.0/8"],
      { protocol: "icmp", icmp: { type: "echo-request", code: 0 }, to: "10.0.0.7" },
    ],
    [["icmp 8--1 to 10.0.0.0/8"], { protocol: "icmp", icmp: { type: 8 }, to: "10.0.0.7" }],
    [["icmpv6 -1--1 to ::/0"], { protocol: "icmpv6", to: "::1" }],
    [["-1 to 10.0.0.0/8"], { protocol: "icmp", to: "10.0.0.7" }],
    [["tcp 443 to db-id"], https("db-id")],
    [["tcp 443 to sg-0123456789abcdef0"], https("123456789012/sg-0123456789abcdef0")],
    [["tcp 443 to pl-0123456789abcdef0"], https("pl-0123456789abcdef0")],
    [["tcp 443 to com.amazonaws.eu-west-1.s3"], https("com.amazonaws.eu-west-1.s3")],
    [["tcp 443 to com.amazonaws.eu-west-1.s3"], https("com.amazonaws.{region}.s3")],
    [["tcp 443 to com.amazonaws.{region}.s3"], https("com.amazonaws.{region}.s3")],
    [["tcp 443 to 10.0.0.0/16 on web-id"], { ...https("10.0.0.7"), securityGroup: "web-id" }],
  ];

  test.each(ALLOWED)("%j allow %j", (lines, traffic) => {
    const rules = rulesOf(...lines);
    expect(rules).toAllow(traffic);
    expect(rules).not.toDeny(traffic);
  });

  const DENIED: [rules: string[], traffic: Traffic][] = [
    [[], https("10.0.0.7")],
    [["tcp 443 to 10.0.0.0/16"], https("10.1.0.0")],
    [["tcp 443 to 10.0.0.0/16"], { protocol: "tcp", port: 444, to: "10.0.0.7" }],
    [["tcp 443 to 10.0.0.0/16"], { protocol: "udp", port: 443, to: "10.0.0.7" }],
    [["tcp 443 to 0.0.0.0/0"], https("::/0")],
    [["icmp 8-0 to 10.0.0.0/8"], { protocol: "icmp", icmp: { type: "echo-reply" }, to: "10.0.0.7" }],
    [["icmp -1--1 to 0.0.0.0/0"], { protocol: "icmpv6", to: "::1" }],
    [["tcp 443 to db-id"], https("cache-id")],
    [["tcp 443 to com.amazonaws.eu-west-1.s3"], https("com.amazonaws.{region}.dynamodb")],
    [["tcp 443 to com.amazonaws.eu-west-1.s3"], https("com.amazonaws.us-east-1.s3")],
    [["tcp 443 to 10.0.0.0/16 on web-id"], { ...https("10.0.0.7"), securityGroup: "app-id" }],
    // The entries of a list and the members of a group are unknown here.
    [["-1 to com.amazonaws.eu-west-1.s3", "-1 to db-id"], https("10.0.0.7")],
    [["-1 to 0.0.0.0/0"], https("db-id")],
  ];

  test.each(DENIED)("%j allow nothing of %j", (lines, traffic) => {
    const rules = rulesOf(...lines);
    expect(rules).toDeny(traffic);
    expect(rules).not.toAllow(traffic);
  });

  const IN_PART: [rules: string[], traffic: Traffic][] = [
    [["tcp 443 to 10.0.0.0/25"], https("10.0.0.0/24")],
    [["tcp 443 to 10.0.0.0/16"], { protocol: "tcp", to: "10.0.0.7" }],
    [["tcp 443 to 10.0.0.0/16"], { protocol: "all", to: "10.0.0.7" }],
    [["tcp 0-65535 to 0.0.0.0/0", "udp 0-65535 to 0.0.0.0/0"], { protocol: "-1", to: "0.0.0.0/0" }],
    [["icmp 8-0 to 10.0.0.0/8"], { protocol: "icmp", icmp: { type: 8 }, to: "10.0.0.7" }],
  ];

  test.each(IN_PART)("%j allow %j in part, so neither matcher holds", (lines, traffic) => {
    const rules = rulesOf(...lines);
    expect(rules).not.toAllow(traffic);
    expect(rules).not.toDeny(traffic);
  });
});

describe("toAllowOnly", () => {
  const rules = rulesOf("tcp 443 to 10.0.0.0/24", "tcp 5432 to db-id on app-id", "tcp 443 to 10.0.1.0/24");

  test("holds if the rules and the list are the same traffic, in any split", () => {
    expect(rules).toAllowOnly([https("10.0.0.0/23"), { protocol: "tcp", port: 5432, to: "db-id" }]);
    expect(rulesOf("tcp 443-444 to 10.0.0.0/24")).toAllowOnly([
      https("10.0.0.0/25"),
      https("10.0.0.128/25"),
      { protocol: "tcp", port: 444, to: "10.0.0.0/24" },
    ]);
    expect(rulesOf()).toAllowOnly([]);
  });

  test("knows the group that traffic leaves", () => {
    const fromApp = { protocol: "tcp", port: 5432, to: "db-id", securityGroup: "app-id" };
    expect(rules).toAllowOnly([https("10.0.0.0/23"), fromApp]);
    expect(rules).not.toAllowOnly([https("10.0.0.0/23"), { ...fromApp, securityGroup: "web-id" }]);
  });

  test("fails on traffic beyond the list, and on traffic missing from it", () => {
    expect(rules).not.toAllowOnly([https("10.0.0.0/24"), { protocol: "tcp", port: 5432, to: "db-id" }]);
    expect(rules).not.toAllowOnly([https("10.0.0.0/22"), { protocol: "tcp", port: 5432, to: "db-id" }]);
    expect(rules).not.toAllowOnly([]);
  });

  test("a wide list does not hide a rule for all protocols", () => {
    expect(rulesOf("-1 to 10.0.0.0/24")).not.toAllowOnly([{ protocol: "tcp", to: "10.0.0.0/24" }]);
  });
});

describe("a failure message explains itself", () => {
  const rules = rulesOf("tcp 443 to 10.0.0.0/25", "icmp 8-0 to 10.0.0.0/25 on app-id");

  test("toAllow: the missing traffic", () => {
    expect(messageOf(() => expect(rules).toAllow(https("10.0.0.0/24")))).toBe(
      `expect(rules).toAllow: the rules do not allow all of this traffic

traffic:
  tcp 443 to 10.0.0.0/24
missing:
  tcp 443 to 10.0.0.128/25
rules:
  tcp 443 to 10.0.0.0/25 on web-id, "tcp 443 to 10.0.0.0/25"
  icmp type 8 code 0 to 10.0.0.0/25 on app-id, "icmp 8-0 to 10.0.0.0/25 on app-id"`,
    );
  });

  test("toDeny: the rules that allow it", () => {
    const traffic = { protocol: "tcp", to: "10.0.0.0/8", securityGroup: "web-id" };
    expect(messageOf(() => expect(rules).toDeny(traffic))).toContain(
      `the rules allow some of this traffic

traffic:
  tcp 0-65535 to 10.0.0.0/8 on web-id
allowed by:
  tcp 443 to 10.0.0.0/25 on web-id, "tcp 443 to 10.0.0.0/25"
rules:`,
    );
  });

  test("toAllowOnly: missing and extra traffic", () => {
    const message = messageOf(() =>
      expect(rules).toAllowOnly([https("10.0.0.0/26"), { protocol: "icmp", to: "10.0.0.0/25" }]),
    );
    expect(message).toContain(
      `missing:
  icmp type 0-7 to 10.0.0.0/25
  icmp from type 8 code 1 to type 255 code 255 to 10.0.0.0/25
beyond:
  tcp 443 to 10.0.0.64/26, by "tcp 443 to 10.0.0.0/25"
rules:`,
    );
  });

  test.each<[string, () => void, string]>([
    ["toAllow", () => expect(rules).not.toAllow(https("10.0.0.7")), "the rules allow all of this traffic"],
    ["toDeny", () => expect(rules).not.toDeny(https("10.9.0.0")), "the rules allow none of this traffic"],
    ["toAllowOnly", () => expect(rulesOf()).not.toAllowOnly([]), "exactly this traffic"],
  ])("not.%s", (matcher, assertion, reason) => {
    expect(messageOf(assertion)).toMatch(new RegExp(`^expect\\(rules\\)\\.not\\.${matcher}: .*${reason}`));
  });

  test("no rules", () => {
    expect(messageOf(() => expect([]).toAllow(https("10.0.0.7")))).toContain("rules:\n  none");
  });

  test("many lines are cut", () => {
    const many = Array.from({ length: 40 }, (_, host) => `tcp 443 to 10.0.0.${host * 2}/32`);
    const message = messageOf(() => expect(rulesOf(...many)).toAllowOnly([]));
    expect(message).toContain("beyond:");
    expect(message.match(/\n {2}and 10 more/g)).toHaveLength(2);
  });

  test.each<[string, Traffic, string]>([
    ["a range that is no CIDR", https("10.0.0.0/29"), "tcp 443 to 10.0.0.1-10.0.0.7"],
    [
      "one code",
      { protocol: "icmp", icmp: { type: 3, code: 4 }, to: "10.0.0.1" },
      "icmp type 3 code 4 to 10.0.0.1/32",
    ],
    ["codes of a type", { protocol: "icmp", icmp: { type: 5 }, to: "10.0.0.0" }, "icmp type 5 code 1-255 to"],
    ["all of ICMP", { protocol: "icmp", to: "10.0.0.1" }, "all icmp to 10.0.0.1/32"],
    ["another protocol", { protocol: "50", to: "::1" }, "protocol 50 to ::1/128"],
    ["all protocols", { protocol: "all", to: "db-id" }, "all traffic to db-id"],
  ])("missing: %s", (_, traffic, expected) => {
    const some = rulesOf("tcp 443 to 10.0.0.0/32", "icmp 5-0 to 10.0.0.0/32");
    const missing = messageOf(() => expect(some).toAllow(traffic)).split("missing:\n")[1] ?? "";
    expect(missing).toContain(`  ${expected}`);
  });
});

describe("invalid traffic is refused, not ignored", () => {
  const BAD: [traffic: unknown, reason: string][] = [
    [https("10.0.0.300"), 'to "10.0.0.300" is not an address'],
    [https("10.0.0.0/33"), 'to "10.0.0.0/33" is not an IPv4 CIDR'],
    [https("2001:db8::g"), 'to "2001:db8::g" is not an address'],
    [https(""), 'to "" is not a destination'],
    [{ protocol: "tcp", port: 443 }, "is not a destination"],
    [{ protocol: "tcpp", to: "10.0.0.7" }, 'protocol "tcpp" is not a protocol'],
    [{ protocol: "tcp", port: 70000, to: "10.0.0.7" }, "port 70000 is not a port from 0 to 65535"],
    [
      { protocol: "tcp", ports: [9, 8], to: "10.0.0.7" },
      "ports [9,8] is not a range of ports, the lower one first",
    ],
    [{ protocol: "tcp", ports: 8, to: "10.0.0.7" }, "ports 8 is not a range of ports"],
    [
      { protocol: "tcp", port: 1, ports: [1, 2], to: "10.0.0.7" },
      "cannot be combined with port: remove one of them",
    ],
    [{ protocol: "all", port: 443, to: "10.0.0.7" }, "port 443 is valid only with tcp and udp: remove it"],
    [{ protocol: "tcp", icmp: { type: 8 }, to: "10.0.0.7" }, "is valid only with icmp and icmpv6: remove it"],
    [{ protocol: "icmp", icmp: { type: "ping" }, to: "10.0.0.7" }, 'icmp.type "ping" is not a type of icmp'],
    [
      { protocol: "tcp", fromPort: 443, to: "10.0.0.7" },
      "fromPort is not a property of traffic: valid properties are protocol, port, ports",
    ],
    [{ ...https("10.0.0.7"), securityGroup: {} }, "securityGroup {} is not the id of a group"],
    ["tcp", '"tcp" is not traffic: specify it like { protocol: "tcp", port: 443, to: "10.0.0.7" }'],
  ];

  test.each(BAD)("%j", (traffic, reason) => {
    const bad = traffic as Traffic;
    expect(() => expect([]).toDeny(bad)).toThrow(reason);
    expect(() => expect([]).toAllow(bad)).toThrow(reason);
    expect(() => expect([]).not.toAllow(bad)).toThrow(reason);
    expect(() => expect([]).toAllowOnly([bad])).toThrow(reason);
  });

  test("all errors at once", () => {
    const traffic = { protocol: "tcpp", to: "10.0.0.300" };
    expect(() => expect([]).toDeny(traffic)).toThrow(/protocol "tcpp".*; to "10.0.0.300"/);
  });

  test("a list that is not a list", () => {
    const traffic: unknown = https("10.0.0.7");
    expect(() => expect([]).toAllowOnly(traffic as Traffic[])).toThrow("toAllowOnly: traffic must be a list");
  });

  test.each([[Promise.resolve([])], [undefined], [[{ name: "web" }]]])(
    "rules that are not rules: %p",
    (rules) => {
      expect(() => expect(rules).toDeny(https("10.0.0.7"))).toThrow("expect(await egress.rules()).toDeny(…)");
    },
  );
});
