import { changeOf, changeText } from "../../provider/rule/changeText";
import type { SetRules } from "../../provider/rule/ruleSet";
import { UNKNOWN } from "../../provider/rule/unknown";

const such = (...keys: string[]): SetRules => Object.fromEntries(keys.map((key) => [key, {}]));
const ports = (count: number, first = 1) =>
  such(...Array.from({ length: count }, (_, at) => `tcp ${first + at} to 10.0.0.0/8`));
const text = (
  olds: SetRules,
  news: SetRules,
  { name = "web", adopted = [] as string[], mayName = true } = {},
) =>
  changeText(
    name,
    changeOf(olds, news, (key) => adopted.includes(key)),
    mayName,
  );

test("a line names added and removed rules, and counts changed ones", () => {
  const olds = { ...such("tcp 443 to 192.0.2.0/24"), "udp 53 to 10.0.0.0/8": { description: "DNS" } };
  const news = { ...such("tcp 22 to 0.0.0.0/0"), "udp 53 to 10.0.0.0/8": { description: "names" } };
  expect(text(olds, news)).toBe("web: + tcp 22 to 0.0.0.0/0, - tcp 443 to 192.0.2.0/24, 1 description");
});

test("a new set lists its rules", () => {
  expect(text({}, such("tcp 22 to 0.0.0.0/0"))).toBe("web: + tcp 22 to 0.0.0.0/0");
});

test("no change prints nothing", () => {
  const rules = { "tcp 22 to 0.0.0.0/0": { description: "ssh", tags: { Team: "web" } } };
  expect(text(rules, { ...rules })).toBeUndefined();
  expect(text({}, {})).toBeUndefined();
  expect(
    text(such("all traffic to 123456789012/sg-12345678"), such("all traffic to sg-12345678")),
  ).toBeUndefined();
});

test("an adopted rule is marked", () => {
  const news = such("tcp 22 to 0.0.0.0/0", "tcp 443 to 10.0.0.0/8");
  expect(text({}, news, { adopted: ["tcp 443 to 10.0.0.0/8"] })).toBe(
    "web: + tcp 22 to 0.0.0.0/0, + tcp 443 to 10.0.0.0/8 (adopted)",
  );
});

test("tags of rules and several descriptions are counted", () => {
  const with_ = (description: string, Team: string) => ({ description, tags: { Team } });
  const rules = (description: string, team: string): SetRules => ({
    "tcp 1 to 10.0.0.0/8": with_(description, team),
    "tcp 2 to 10.0.0.0/8": with_(description, team),
  });
  expect(text(rules("a", "b"), rules("c", "d"))).toBe("web: 2 descriptions, tags of 2 rules");
});

test.each([
  [ports(60), {}, "web: + tcp 1 to 10.0.0.0/8, + tcp 2 to 10.0.0.0/8, + tcp 3 to 10.0.0.0/8 and 57 more"],
  [ports(9), ports(12, 20), /^web: \+ tcp 1 to 10.0.0.0\/8 and 8 more, - tcp 20 to 10.0.0.0\/8 and 11 more$/],
  [
    such(...Array.from({ length: 4 }, (_, at) => `tcp 443 to 2001:db8:aaaa:bbbb:cccc:dddd:eeee:${at}/128`)),
    such(...Array.from({ length: 4 }, (_, at) => `tcp 22 to 2001:db8:aaaa:bbbb:cccc:dddd:eeee:${at}/128`)),
    "web: + 4 rules, - 4 rules",
  ],
])("a line has at most 100 characters, and counts what does not fit", (news, olds, expected) => {
  const line = text(olds, news) ?? "";
  expect(line.length).toBeLessThanOrEqual(100);
  expect(line).toMatch(expected);
});

test("long names and control sequences are shown safely", () => {
  expect(text({}, ports(2), { name: "n".repeat(200) })).toBe(
    `${"n".repeat(40)}…: + tcp 1 to 10.0.0.0/8, + tcp 2 to 10.0.0.0/8`,
  );
  expect(text({}, ports(1), { name: "a\u001b[31m" })).toMatch(/^a\\u001b\[31m: /);
});

test("secret rules are counted", () => {
  const options = { adopted: ["tcp 1 to 10.0.0.0/8"], mayName: false };
  expect(text(ports(2, 9), ports(2), options)).toBe("web: + 1 rule, + 1 rule (adopted), - 2 rules");
});

test("unknown rules are marked as unknown, and what they may replace is not reported as removed", () => {
  const news = { "a rule not yet known": UNKNOWN, "a rule not yet known (2)": UNKNOWN } as const;
  expect(text(ports(1), news)).toBe("web: + 2 rules not known yet, maybe - tcp 1 to 10.0.0.0/8");
  const partly = { "tcp 5432 to a destination not yet known": UNKNOWN } as const;
  expect(text(ports(1), partly)).toBe(
    "web: + tcp 5432 to a destination not yet known, maybe - tcp 1 to 10.0.0.0/8",
  );
  expect(text(ports(1), { "tcp 1 to 10.0.0.0/8": UNKNOWN })).toBe("web: 1 rule may change");
});
