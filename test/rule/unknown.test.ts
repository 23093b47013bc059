import { runtime } from "@pulumi/pulumi";
import { isUnknown, UNKNOWN } from "../../provider/rule/unknown";
import { accepted, RULE, refusedProperties } from "./reading";

test("is what Pulumi's engine sends", () => {
  expect(UNKNOWN).toBe(runtime.unknownValue);
});

test.each<[unknown, boolean]>([
  [UNKNOWN, true],
  [UNKNOWN.toUpperCase(), false],
  [`${UNKNOWN} `, false],
  [[UNKNOWN], false],
  ["", false],
  [undefined, false],
  [null, false],
])("%j: %j", (value, unknown) => {
  expect(isUnknown(value)).toBe(unknown);
});

test.each(["securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "description", "tags"])(
  "%s passes and stays unknown, and the rest stays known",
  (property) => {
    const args = { ...RULE, description: "to the LAN", tags: { Team: "web" } };
    expect(accepted({ ...args, [property]: UNKNOWN })).toEqual({ ...args, [property]: UNKNOWN });
  },
);

test("a rule with only unknown values passes", () => {
  const args = Object.fromEntries(Object.keys(RULE).map((property) => [property, UNKNOWN]));
  expect(accepted(args)).toEqual(args);
});

test.each([
  { unknown: "fromPort", bad: "toPort", value: 65536 },
  { unknown: "toPort", bad: "fromPort", value: -1 },
  { unknown: "securityGroupId", bad: "ipProtocol", value: "https" },
  { unknown: "ipProtocol", bad: "fromPort", value: 65536 },
  { unknown: "ipProtocol", bad: "toPort", value: "https" },
  { unknown: "ipProtocol", bad: "securityGroupId", value: "web" },
  { unknown: "cidrIpv4", bad: "description", value: "why?" },
  { unknown: "description", bad: "cidrIpv4", value: "10.0.0.0" },
])("while $unknown is unknown, a bad $bad is still refused", ({ unknown, bad, value }) => {
  expect(refusedProperties({ ...RULE, [unknown]: UNKNOWN, [bad]: value })).toEqual([bad]);
});

describe("while the protocol is unknown", () => {
  const unknown = { ...RULE, ipProtocol: UNKNOWN };

  test.each<[unknown, unknown]>([
    [443, 443],
    [-1, -1],
    // The type and code of unreachable networks, or ports in the wrong order: only the protocol decides.
    [3, 0],
    [UNKNOWN, UNKNOWN],
  ])("ports %j and %j pass", (fromPort, toPort) => {
    expect(accepted({ ...unknown, fromPort, toPort })).toMatchObject({ fromPort, toPort });
  });

  test.each([
    ["neither port", { fromPort: undefined, toPort: undefined }],
    ["the first alone", { toPort: undefined }],
  ])("%s passes for a protocol without ports", (_, ports) => {
    expect(accepted({ ...unknown, ...ports }).ipProtocol).toBe(UNKNOWN);
  });
});

test("unknown ports are not compared for order", () => {
  expect(accepted({ ...RULE, fromPort: UNKNOWN, toPort: 80 })).toMatchObject({
    fromPort: UNKNOWN,
    toPort: 80,
  });
  expect(accepted({ ...RULE, fromPort: 443, toPort: UNKNOWN })).toMatchObject({
    fromPort: 443,
    toPort: UNKNOWN,
  });
});

test("unknown ports are dropped for a protocol without ports", () => {
  const inputs = accepted({ ...RULE, ipProtocol: "-1", fromPort: UNKNOWN, toPort: UNKNOWN });
  expect(Object.values(inputs)).not.toContain(UNKNOWN);
});

test("an unknown code of all ICMP types passes", () => {
  expect(accepted({ ...RULE, ipProtocol: "icmp", fromPort: -1, toPort: UNKNOWN })).toMatchObject({
    fromPort: -1,
    toPort: UNKNOWN,
  });
});
