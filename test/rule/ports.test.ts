import { accepted, onlyReason, RULE, refused, refusedProperties } from "./reading";

const EVERY_PORT = "for every port use fromPort 0 and toPort 65535";

function rule(ipProtocol: unknown, fromPort?: unknown, toPort?: unknown) {
  return { ...RULE, ipProtocol, fromPort, toPort };
}

function portsOf(ipProtocol: unknown, fromPort?: unknown, toPort?: unknown) {
  const { fromPort: from, toPort: to } = accepted(rule(ipProtocol, fromPort, toPort));
  return [from, to];
}

describe.each(["tcp", "udp"])("%s", (protocol) => {
  test.each<[unknown, unknown, number, number]>([
    [443, 443, 443, 443],
    [0, 65535, 0, 65535],
    [0, 0, 0, 0],
    [65535, 65535, 65535, 65535],
    [1024, 2048, 1024, 2048],
    ["443", "443", 443, 443],
    [" 80 ", 443, 80, 443],
    ["0080", "+443", 80, 443],
  ])("accepts %j and %j", (from, to, canonicalFrom, canonicalTo) => {
    expect(portsOf(protocol, from, to)).toEqual([canonicalFrom, canonicalTo]);
  });

  test.each<[unknown]>([
    [65536],
    ["65536"],
    [-2],
    [80.5],
    ["80.0"],
    ["https"],
    [""],
    ["0x50"],
    [1e21],
    [true],
    [[443]],
    [{ from: 443 }],
  ])("refuses %j as either port", (bad) => {
    const failures = refused(rule(protocol, bad, bad));
    expect(failures.map(({ property }) => property)).toEqual(["fromPort", "toPort"]);
    for (const { reason } of failures) {
      expect(reason).toContain(`${JSON.stringify(bad)} is not a port from 0 to 65535`);
    }
  });

  test.each([[-1], ["-1"]])("refuses %j, and shows how to write all ports", (all) => {
    const failures = refused(rule(protocol, all, all));
    expect(failures.map(({ property }) => property)).toEqual(["fromPort", "toPort"]);
    for (const { reason } of failures) expect(reason).toContain(EVERY_PORT);
  });

  test("shows how to write a range given as one text", () => {
    const reason = onlyReason("fromPort", rule(protocol, "80-443", 443));
    expect(reason).toContain('"80-443" is not a port');
    expect(reason).toContain("use fromPort 80 and toPort 443");
    expect(reason).not.toContain(EVERY_PORT);
  });

  test("requires both ports, and explains each", () => {
    expect(refusedProperties(rule(protocol))).toEqual(["fromPort", "toPort"]);
    expect(refusedProperties(rule(protocol, null, null))).toEqual(["fromPort", "toPort"]);

    const from = onlyReason("fromPort", rule(protocol, undefined, 443));
    expect(from).toContain(`is required for ${protocol}`);
    expect(from).toContain("the first port");

    const to = onlyReason("toPort", rule(protocol, 443));
    expect(to).toContain(`is required for ${protocol}`);
    expect(to).toContain("the same as fromPort for a single one");
  });

  test("refuses ports in the wrong order", () => {
    const reason = onlyReason("toPort", rule(protocol, 443, 80));
    expect(reason).toContain("80 is below fromPort, 443");
    expect(reason).toContain("specify the lower port as fromPort");
  });
});

describe.each(["icmp", "icmpv6"])("%s", (protocol) => {
  test.each<[unknown, unknown, number, number]>([
    [8, 0, 8, 0],
    [3, 4, 3, 4],
    [8, -1, 8, -1],
    [-1, -1, -1, -1],
    ["-1", "-1", -1, -1],
    [0, 0, 0, 0],
    [255, 255, 255, 255],
    ["128", "0", 128, 0],
  ])("accepts type %j and code %j", (type, code, canonicalType, canonicalCode) => {
    expect(portsOf(protocol, type, code)).toEqual([canonicalType, canonicalCode]);
  });

  test.each<[unknown]>([[256], [443], [-2], [8.5], ["echo-request"], [true], ["0-5"]])(
    "refuses %j as type and as code, and does not call it a port",
    (bad) => {
      const [type, code, ...others] = refused(rule(protocol, bad, bad));
      expect(others).toEqual([]);
      expect(type?.property).toBe("fromPort");
      expect(type?.reason).toBe(`${JSON.stringify(bad)} is not an ICMP type from -1 to 255`);
      expect(code?.property).toBe("toPort");
      expect(code?.reason).toBe(`${JSON.stringify(bad)} is not an ICMP code from -1 to 255`);
    },
  );

  test("refuses a single code of all types", () => {
    const reason = onlyReason("toPort", rule(protocol, -1, 0));
    expect(reason).toContain("0 is a single code");
    expect(reason).toContain("use code -1");
  });

  test("does not treat type and code as a range", () => {
    expect(portsOf(protocol, 3, 0)).toEqual([3, 0]);
  });

  test("requires a code with a type, and a type with a code", () => {
    const type = onlyReason("fromPort", rule(protocol, undefined, 0));
    expect(type).toContain(`is required for ${protocol}`);
    expect(type).toContain("the ICMP type, or -1 for all");

    const code = onlyReason("toPort", rule(protocol, 8, null));
    expect(code).toContain(`is required for ${protocol}`);
    expect(code).toContain("the ICMP code, or -1 for all");
  });
});

test("icmp needs a type and a code", () => {
  expect(refusedProperties(rule("icmp"))).toEqual(["fromPort", "toPort"]);
});

test.each([[undefined], [null]])("icmpv6 with ports given as %j means all types and codes", (nothing) => {
  expect(portsOf("icmpv6", nothing, nothing)).toEqual([-1, -1]);
});

describe.each(["-1", "all", "50", 51, "0", "255"])("protocol %j has no ports", (protocol) => {
  test.each([
    [undefined, undefined],
    [null, null],
    [-1, -1],
    [0, 0],
    [443, 443],
    [443, 80],
    [0, 65535],
    [443, undefined],
    ["443", "443"],
  ])("drops %j and %j", (from, to) => {
    const inputs = accepted(rule(protocol, from, to));
    expect(inputs).not.toHaveProperty("fromPort");
    expect(inputs).not.toHaveProperty("toPort");
  });
});

test.each([-0, "-0"])("%j is zero", (port) => {
  expect(accepted({ ...RULE, fromPort: port })).toHaveProperty("fromPort", 0);
});
