import { eachDestination, underTo } from "../../provider/rule/eachDestination";
import { UNKNOWN } from "../../provider/rule/unknown";

const TCP = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

test("a rule without `to` stays unchanged", () => {
  const args = { ...TCP, cidrIpv4: "10.0.0.0/16" };
  expect(eachDestination(args)).toEqual([{ args, failures: [] }]);
  expect(eachDestination({ ...args, to: undefined })).toEqual([{ args, failures: [] }]);
});

test.each([
  ["10.0.0.0/16", "cidrIpv4"],
  ["2001:db8::/32", "cidrIpv6"],
  ["pl-0123456789abcdef0", "prefixListId"],
  ["sg-0123456789abcdef0", "referencedSecurityGroupId"],
  ["123456789012/sg-0123456789abcdef0", "referencedSecurityGroupId"],
  ["nonsense", "cidrIpv4"],
  [5, "cidrIpv4"],
])("%s is recognized as %s", (to, property) => {
  expect(eachDestination({ ...TCP, to })).toEqual([
    { args: { ...TCP, [property]: to }, to: "to", failures: [] },
  ]);
});

test("each destination of a list makes its own rule, and an empty list makes none", () => {
  expect(eachDestination({ ...TCP, to: ["10.0.0.0/16", "::/0"] })).toMatchObject([
    { args: { ...TCP, cidrIpv4: "10.0.0.0/16" }, to: "to[0]" },
    { args: { ...TCP, cidrIpv6: "::/0" }, to: "to[1]" },
  ]);
  expect(eachDestination({ ...TCP, to: [] })).toEqual([]);
});

test("an unknown destination may be of any kind", () => {
  const [one, ...others] = eachDestination({ ...TCP, to: UNKNOWN });
  expect(others).toEqual([]);
  expect(one?.args).toEqual({
    ...TCP,
    cidrIpv4: UNKNOWN,
    cidrIpv6: UNKNOWN,
    prefixListId: UNKNOWN,
    referencedSecurityGroupId: UNKNOWN,
  });
});

test("`to` beside another destination is refused", () => {
  const [one] = eachDestination({ ...TCP, to: "10.0.0.0/16", prefixListName: "office" });
  expect(one?.failures).toEqual([
    {
      property: "to",
      reason: '"10.0.0.0/16" is a second destination beside prefixListName: specify one of the two',
    },
  ]);
});

test("errors in a destination are reported under `to`, and the rest under its own name", () => {
  expect(underTo("to[1]", { property: "cidrIpv4", reason: "is wrong" })).toMatchObject({ property: "to[1]" });
  expect(underTo("to[1]", { property: "fromPort", reason: "is wrong" })).toMatchObject({
    property: "fromPort",
  });
  expect(underTo(undefined, { property: "cidrIpv4", reason: "is wrong" })).toMatchObject({
    property: "cidrIpv4",
  });
});
