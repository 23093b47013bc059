import { publishedWeight, weightText } from "../../provider/rule/prefixListWeight";
import { familiesOf, overQuotaText } from "../../provider/rule/quota";

test.each([
  ["com.amazonaws.eu-west-1.s3", 1],
  ["com.amazonaws.us-gov-west-1.dynamodb", 1],
  ["com.amazonaws.{region}.s3express", 6],
  ["com.amazonaws.eu-west-1.vpc-lattice", 10],
  ["com.amazonaws.global.cloudfront.origin-facing", 55],
  ["com.amazonaws.global.ipv6.cloudfront.origin-facing", 55],
  ["com.amazonaws.eu-west-1.ipv6.vpc-lattice", 10],
  ["com.amazonaws.eu-west-1.route53-healthchecks", 25],
  ["com.amazonaws.eu-west-1.ipv6.route53-healthchecks", 25],
  ["com.amazonaws.eu-west-1.ec2-instance-connect", 2],
  ["com.amazonaws.eu-west-1.ipv6.ec2-instance-connect", 2],
  ["com.amazonaws.global.groundstation", 5],
  ["com.amazonaws.eu-west-1.something-new", undefined],
  ["com.amazonaws.eu-west-1.toString", undefined],
  ["offices", undefined],
])("%s counts as %s rules", (name, weight) => {
  expect(publishedWeight(name)).toBe(weight);
});

test("a destination without a CIDR counts for both families", () => {
  expect(familiesOf("ipv4")).toEqual(["IPv4"]);
  expect(familiesOf("ipv6")).toEqual(["IPv6"]);
  expect(familiesOf("prefixList")).toEqual(["IPv4", "IPv6"]);
  expect(familiesOf("securityGroup")).toEqual(["IPv4", "IPv6"]);
});

test("half of the quota is not yet heavy", () => {
  expect(weightText("offices", 30, 60)).toBeUndefined();
  expect(weightText("offices", 31, 60)).toContain('"offices" counts as 31 of the 60 rules');
});

test("a list of unknown weight is reported", () => {
  expect(weightText("com.amazonaws.eu-west-1.something-new", undefined, 60)).toContain(
    'the prefix list "com.amazonaws.eu-west-1.something-new" has an unknown weight',
  );
});

test("a full group is within its quota, one more rule is not, and the error names each family", () => {
  const weights = (ipv4: number, ipv6: number) =>
    new Map([
      ["IPv4", ipv4],
      ["IPv6", ipv6],
    ] as const);
  expect(overQuotaText("web", weights(60, 60), 60)).toBeUndefined();
  expect(overQuotaText("web", weights(61, 3), 60)).toContain("declares 61 for IPv4 (a prefix list");
  expect(overQuotaText("web", weights(61, 70), 60)).toContain("declares 61 for IPv4 and 70 for IPv6");
  expect(overQuotaText("web", weights(61, 3), 60, "with 2 of others there are")).toContain(
    "outbound rules: with 2 of others there are 61 for IPv4 (a prefix list",
  );
});
