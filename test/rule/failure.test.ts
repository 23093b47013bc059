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
  ["\u001b[31mred", '"\\u001b[31mred"'],
  ["\u009b2J\u007f", '"\\u009b2J\\u007f"'],
  ["\u202egnp.exe\u2066\u200f", '"\\u202egnp.exe\\u2066\\u200f"'],
  ["a\u2028b\u00ad\ufeff\u200b", '"a\\u2028b\\u00ad\\ufeff\\u200b"'],
  ["\u{e0041}", '"\\u{e0041}"'],
  ["\ud800", '"\\ud800"'],
  ["Büro, 日本, 👩‍💻", '"Büro, 日本, 👩‍💻"'],
  [10n, "10"],
])("%j is shown as %s", (value, shown) => {
  expect(quote(value)).toBe(shown);
});

test("80 characters are shown in full, and a longer text is visibly cut", () => {
  const whole = "a".repeat(78);
  expect(quote(whole)).toBe(`"${whole}"`);
  expect(quote(`${whole}b`)).toBe(`"${whole}b…`);
  expect(quote("a".repeat(10_000))).toHaveLength(81);
});

test("a text is cut between characters", () => {
  expect(quote("🌞".repeat(100))).toBe(`"${"🌞".repeat(79)}…`);
});

test("a long bad value leaves room for the remedy", () => {
  const reason = onlyReason("cidrIpv4", { ...RULE, cidrIpv4: "10.0.0.0/8,".repeat(1000) });
  expect(reason).toContain('"10.0.0.0/8,10.0.0.0/8,');
  expect(reason).toContain("write it like");
  expect(reason.length).toBeLessThan(250);
});
