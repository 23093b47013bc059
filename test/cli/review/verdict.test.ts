import type { Because, UnknownRule } from "../../../cli/program/model";
import { reviewOf } from "../../../cli/review/review";
import type { Verdict } from "../../../cli/review/verdict";
import { from, model, only, reviewed, rule, rules, texts } from "./rules";

type Case = [
  what: string,
  before: string[],
  after: string[],
  verdict: Verdict,
  opens: string[],
  closes: string[],
];

const CASES: Case[] = [
  ["a rule more", [], ["tcp 443 to 10.0.4.0/22"], "widens", ["tcp 443 to 10.0.4.0/22 (1,024 addresses)"], []],
  ["a rule less", ["tcp 443 to 10.0.4.1/32"], [], "narrows", [], ["tcp 443 to 10.0.4.1/32 (1 address)"]],
  [
    "another port",
    ["tcp 443 to 10.0.0.0/8"],
    ["tcp 8443 to 10.0.0.0/8"],
    "widens and narrows",
    ["tcp 8443 to 10.0.0.0/8 (16,777,216 addresses)"],
    ["tcp 443 to 10.0.0.0/8 (16,777,216 addresses)"],
  ],
  [
    "a CIDR split in two",
    ["tcp 443 to 10.0.0.0/23"],
    ["tcp 443 to 10.0.0.0/24", "tcp 443 to 10.0.1.0/24"],
    "no change",
    [],
    [],
  ],
  [
    "two CIDRs merged",
    ["udp 53 to 10.0.0.0/24", "udp 53 to 10.0.1.0/24"],
    ["udp 53 to 10.0.0.0/23"],
    "no change",
    [],
    [],
  ],
  [
    "ports split in two",
    ["tcp 80-90 to 10.0.0.0/8"],
    ["tcp 80-85 to 10.0.0.0/8", "tcp 86-90 to 10.0.0.0/8"],
    "no change",
    [],
    [],
  ],
  [
    "a rule that another covers",
    ["-1 to 0.0.0.0/0"],
    ["-1 to 0.0.0.0/0", "tcp 443 to 10.0.0.0/8"],
    "no change",
    [],
    [],
  ],
  [
    "a wider CIDR, less what was there",
    ["tcp 443 to 10.0.0.0/24"],
    ["tcp 443 to 10.0.0.0/22"],
    "widens",
    ["tcp 443 to 10.0.1.0/24 (256 addresses)", "tcp 443 to 10.0.2.0/23 (512 addresses)"],
    [],
  ],
  [
    "new neighbours are said as one",
    [],
    ["tcp 443 to 10.0.0.0/24", "tcp 443 to 10.0.1.0/24", "tcp 444 to 10.0.0.0/23"],
    "widens",
    ["tcp 443-444 to 10.0.0.0/23 (512 addresses)"],
    [],
  ],
  [
    "all protocols where one was",
    ["tcp 443 to 10.0.0.0/8"],
    ["-1 to 10.0.0.0/8"],
    "widens",
    [
      "all protocols except tcp to 10.0.0.0/8 (16,777,216 addresses)",
      "tcp 0-442 to 10.0.0.0/8 (16,777,216 addresses)",
      "tcp 444-65535 to 10.0.0.0/8 (16,777,216 addresses)",
    ],
    [],
  ],
  [
    "one protocol where all were",
    ["-1 to 10.0.0.0/8"],
    ["tcp 0-65535 to 10.0.0.0/8", "50 to 10.0.0.0/8"],
    "narrows",
    [],
    ["all protocols except 50, tcp to 10.0.0.0/8 (16,777,216 addresses)"],
  ],
  [
    "a code of ICMP where a type was",
    ["icmp 3/-1 to 10.0.0.1/32"],
    ["icmp 3/4 to 10.0.0.1/32"],
    "narrows",
    [],
    [
      "icmp type 3 codes 0-3 to 10.0.0.1/32 (1 address)",
      "icmp type 3 codes 5-255 to 10.0.0.1/32 (1 address)",
    ],
  ],
  [
    "all of ICMP where a type was",
    ["icmp 8/-1 to 10.0.0.1/32"],
    ["icmp -1/-1 to 10.0.0.1/32"],
    "widens",
    ["icmp types 0-7 to 10.0.0.1/32 (1 address)", "icmp types 9-255 to 10.0.0.1/32 (1 address)"],
    [],
  ],
  [
    "a group, which everything does not reach",
    ["-1 to 0.0.0.0/0"],
    ["-1 to 0.0.0.0/0", "tcp 443 to sg-0a1b2c3d"],
    "widens",
    ["tcp 443 to sg-0a1b2c3d"],
    [],
  ],
  [
    "a prefix list for another",
    ["tcp 443 to pl-0a1b2c3d"],
    ["tcp 443 to pl-0a1b2c3e"],
    "widens and narrows",
    ["tcp 443 to pl-0a1b2c3e"],
    ["tcp 443 to pl-0a1b2c3d"],
  ],
  ["IPv6", [], ["tcp 443 to 2001:db8::/64"], "widens", ["tcp 443 to 2001:db8::/64 (2^64 addresses)"], []],
  ["nothing at all", [], [], "no change", [], []],
];

test.each(CASES)("%s", (_, before, after, verdict, opens, closes) => {
  const review = reviewed(before, after);
  expect(review.verdict).toBe(verdict);
  expect(texts(review.opens)).toEqual(opens);
  expect(texts(review.closes)).toEqual(closes);
});

test("every protocol by its number equals all protocols", () => {
  const single = Array.from({ length: 256 }, (_, number) => {
    const ports = number === 6 || number === 17 ? " 0-65535" : number === 1 || number === 58 ? " -1/-1" : "";
    return `${number}${ports} to 10.0.0.0/8`;
  });
  expect(reviewed(["-1 to 10.0.0.0/8"], single).verdict).toBe("no change");
  const [closed] = reviewed(["-1 to 10.0.0.0/8"], single.slice(1)).closes;
  expect(closed?.except).toHaveLength(255);
  expect(closed?.except).not.toContain("0");
});

test("a piece names exactly the resources and reasons that it comes from", () => {
  const web: Because = from("web", { reason: "calls the shop", source: { file: "index.ts", line: 4 } });
  const { opens } = reviewed(
    ["tcp 80 to 10.0.0.0/24"],
    [
      "tcp 80 to 10.0.0.0/24",
      rule("tcp 443 to 10.0.0.0/24", web),
      rule("tcp 443 to 10.0.0.128/25", from("log")),
      rule("tcp 22 to 10.0.0.0/24", from("admin")),
      rule("tcp 443 to 10.0.0.0/24", web),
    ],
  );
  expect(opens.map(({ text, because }) => [text, because])).toEqual([
    ["tcp 22 to 10.0.0.0/24 (256 addresses)", [from("admin")]],
    ["tcp 443 to 10.0.0.0/24 (256 addresses)", [from("log"), web]],
  ]);
});

describe("an unknown", () => {
  const secret: UnknownRule = { because: from("db"), what: "cidrIpv4 is secret" };
  const verdict = (
    before: string[],
    after: string[],
    unknown: { before?: UnknownRule[]; after?: UnknownRule[] },
  ) =>
    only(
      reviewOf(
        model([
          {
            before: rules(before, { unknown: unknown.before ?? [] }),
            after: rules(after, { unknown: unknown.after ?? [] }),
          },
        ]),
      ),
    );

  test("makes the verdict unknown, and is reported", () => {
    const review = verdict([], [], { after: [secret] });
    expect(review.verdict).toBe("unknown");
    expect(review.findings.map(({ id, message }) => [id, message])).toEqual([
      ["not-known", 'Unknown rule of "db": cidrIpv4 is secret.'],
    ]);
  });

  test("does not hide what widens", () => {
    const review = verdict([], ["tcp 443 to 10.0.0.0/8"], { after: [secret] });
    expect(review.verdict).toBe("widens");
    expect(review.unknown).toEqual([secret]);
  });

  test("may allow again what closes", () => {
    expect(verdict(["tcp 443 to 10.0.0.0/8"], [], { after: [secret] }).verdict).toBe("unknown");
    expect(verdict(["tcp 443 to 10.0.0.0/8"], [], { before: [{ ...secret }] }).verdict).toBe("narrows");
  });

  test("is no finding if it is the same before and after", () => {
    expect(verdict([], [], { before: [secret], after: [secret] })).toMatchObject({
      verdict: "no change",
      findings: [],
    });
    expect(verdict([], [], { before: [secret], after: [{ ...secret }] }).verdict).toBe("unknown");
  });

  test("covers everything if nothing about a group is known", () => {
    expect(only(reviewOf(model([{ before: undefined, after: undefined }]))).verdict).toBe("unknown");
  });
});

test("a new group opens everything it allows, and a deleted one closes it", () => {
  const allowed = rules(["tcp 443 to 10.0.0.0/8"]);
  expect(only(reviewOf(model([{ before: undefined, after: allowed }]))).verdict).toBe("widens");
  expect(only(reviewOf(model([{ before: allowed, after: undefined }]))).verdict).toBe("narrows");
});

test("a program widens and narrows if its groups do", () => {
  const [wide, narrow] = [rules(["tcp 443 to 10.0.0.0/8"]), rules([])];
  const unknown = rules([], { unknown: [{ because: from("db"), what: "it is secret" }] });
  const verdict = (...changes: Parameters<typeof model>[0]) => reviewOf(model(changes)).verdict;
  const [widens, narrows, same] = [
    { before: narrow, after: wide },
    { before: wide, after: narrow },
    { before: wide, after: wide },
  ];
  expect(verdict(widens, narrows)).toBe("widens and narrows");
  expect(verdict(widens, { after: unknown })).toBe("widens");
  expect(verdict(narrows, { after: unknown })).toBe("unknown");
  expect(verdict(narrows, same)).toBe("narrows");
  expect(verdict(same)).toBe("no change");
  expect(verdict()).toBe("no change");
});
