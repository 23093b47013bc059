import { quote } from "../../provider/rule/failure";
import { onlyReason, RULE } from "./reading";

test.each<[unknown, string]>([
  ["web", '"web"'],
  ['say "no"', '"say \\"no\\""'],
  ["two\nlines", '"two\\nlines"'],
  [5, "5"],
  [null, "null"],
  [undefined, "undefined"],
  [{ type: 8 }, '{"type":8}'],
  [[1, "2"], '[1,"2"]'],
])("%j is shown as %s", (value, shown) => {
  expect(quote(value)).toBe(shown);
});

test("80 characters are shown whole, what is longer is cut and seen to be", () => {
  const whole = "a".repeat(78);
  expect(quote(whole)).toBe(`"${whole}"`);
  expect(quote(`${whole}b`)).toBe(`"${whole}b…`);
  expect(quote("a".repeat(10_000))).toHaveLength(81);
});

test("a long bad value leaves room for the remedy", () => {
  const reason = onlyReason("cidrIpv4", { ...RULE, cidrIpv4: "10.0.0.0/8,".repeat(1000) });
  expect(reason).toContain('"10.0.0.0/8,10.0.0.0/8,');
  expect(reason).toContain("write it like");
  expect(reason.length).toBeLessThan(250);
});
