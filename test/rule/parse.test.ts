import { parse } from "../../provider/rule/parse";
import { accepted, GROUP, OTHER_GROUP, onlyReason, RULE, refused, refusedProperties } from "./reading";

test("the first example of the API's document: port 80 to an address range", () => {
  const args = {
    securityGroupId: GROUP,
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
    cidrIpv4: "10.0.0.0/16",
  };
  expect(parse(args)).toEqual({ inputs: args });
});

test("the second example of the API's document: port 80 to a group", () => {
  const args = {
    securityGroupId: GROUP,
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
    referencedSecurityGroupId: OTHER_GROUP,
  };
  expect(parse(args)).toEqual({ inputs: args });
});

test("brings all arguments into the form that EC2 returns", () => {
  const args = {
    securityGroupId: GROUP,
    ipProtocol: "UDP",
    fromPort: "53",
    toPort: "53",
    cidrIpv4: null,
    cidrIpv6: "2001:DB8:0:0::1/32",
    prefixListId: undefined,
    description: "DNS",
    tags: { Team: "web", App: "shop" },
  };
  expect(accepted(args)).toStrictEqual({
    securityGroupId: GROUP,
    ipProtocol: "udp",
    fromPort: 53,
    toPort: 53,
    cidrIpv6: "2001:db8::/32",
    description: "DNS",
    tags: { App: "shop", Team: "web" },
  });
});

test("leaves its input unchanged", () => {
  const tags = Object.freeze({ b: "1", a: "2" });
  const args = Object.freeze({ ...RULE, cidrIpv4: "10.0.0.1/16", fromPort: "443", tags });
  expect(accepted(args).cidrIpv4).toBe("10.0.0.0/16");
  expect(args).toEqual({ ...RULE, cidrIpv4: "10.0.0.1/16", fromPort: "443", tags: { b: "1", a: "2" } });
});

test("reports every error at once, each at its property", () => {
  const failures = refused({
    securityGroupId: "web",
    ipProtocol: "tcp",
    fromPort: 65536,
    toPort: "https",
    icmpType: 8,
    cidrIpv4: "10.0.0.0",
    cidrIpv6: "::/129",
    prefixListId: "com.amazonaws.us-east-1.s3",
    referencedSecurityGroupOwnerId: "self",
    description: "why?",
    tags: { "aws:app": "shop", Team: [5] },
    cidrBlocks: ["10.0.0.0/8"],
  });
  const properties = new Set(failures.map(({ property }) => property));
  expect([...properties].sort()).toEqual([
    "cidrBlocks",
    "cidrIpv4",
    "cidrIpv6",
    "description",
    "fromPort",
    "icmpType",
    "prefixListId",
    "referencedSecurityGroupOwnerId",
    "securityGroupId",
    'tags["Team"]',
    'tags["aws:app"]',
    "toPort",
  ]);
});

test("reports every missing argument at once", () => {
  expect(refusedProperties({})).toEqual(["securityGroupId", "ipProtocol", "cidrIpv4"]);
  expect(refusedProperties({ ipProtocol: "tcp" })).toEqual([
    "securityGroupId",
    "fromPort",
    "toPort",
    "cidrIpv4",
  ]);
});

test("a bad protocol does not hide ports that are bad for every protocol", () => {
  expect(refusedProperties({ ...RULE, ipProtocol: "https", fromPort: 65536, toPort: "https" })).toEqual([
    "ipProtocol",
    "fromPort",
    "toPort",
  ]);
});

test("a bad protocol requires neither ports nor their order", () => {
  expect(refusedProperties({ ...RULE, ipProtocol: "https", fromPort: null, toPort: null })).toEqual([
    "ipProtocol",
  ]);
  expect(refusedProperties({ ...RULE, ipProtocol: "https", fromPort: 443, toPort: 80 })).toEqual([
    "ipProtocol",
  ]);
});

test.each<[unknown]>([[null], ["tcp"], [5], [true], [[]], [[RULE]]])(
  "%j is not an object of arguments",
  (bad) => {
    expect(onlyReason("", bad)).toContain("is not an object of arguments");
  },
);

test("undefined is not an object of arguments", () => {
  expect(onlyReason("", undefined)).toContain("undefined is not an object of arguments");
});
