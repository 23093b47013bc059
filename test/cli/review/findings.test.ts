import type { GroupChange } from "../../../cli/program/model";
import { KINDS } from "../../../cli/review/findings";
import { reviewOf } from "../../../cli/review/review";
import { from, model, only, reviewed, rules } from "./rules";

type Found = [id: string, severity: string, message: string];

const found = (before: string[], after: string[]): Found[] =>
  reviewed(before, after).findings.map(({ id, severity, message }) => [id, severity, message]);
const ids = (before: string[], after: string[]) => found(before, after).map(([id]) => id);

const CASES: [what: string, before: string[], after: string[], findings: Found[]][] = [
  ["a port to a private network", [], ["tcp 5432 to 10.0.4.0/24"], []],
  ["a port to one public address", [], ["tcp 443 to 198.51.100.7/32"], []],
  [
    "everything to everywhere",
    [],
    ["-1 to 0.0.0.0/0"],
    [["anywhere", "high", "All traffic to every IPv4 address."]],
  ],
  [
    "everything to everywhere, of both families",
    [],
    ["-1 to 0.0.0.0/0", "-1 to ::/0"],
    [
      ["anywhere", "high", "All traffic to every IPv4 and IPv6 address."],
      ["ipv6-opened", "low", "IPv6 opens together with IPv4: all traffic to every address of both families."],
    ],
  ],
  [
    "everything to everywhere, in two halves",
    [],
    ["-1 to 0.0.0.0/1", "-1 to 128.0.0.0/1"],
    [["anywhere", "high", "All traffic to every IPv4 address."]],
  ],
  [
    "a whole family",
    [],
    ["tcp 443 to 0.0.0.0/0"],
    [["address-family", "medium", "To every IPv4 address: tcp 443."]],
  ],
  [
    "a whole family at last",
    ["tcp 443 to 0.0.0.0/1"],
    ["tcp 443 to 0.0.0.0/1", "tcp 443 to 128.0.0.0/1"],
    [["address-family", "medium", "To every IPv4 address: tcp 443."]],
  ],
  [
    "a port of administration",
    [],
    ["tcp 22 to 198.51.100.0/24"],
    [["admin-ports", "high", "SSH (tcp 22) to public addresses: 198.51.100.0/24."]],
  ],
  ["a port of administration, in private", [], ["tcp 22 to 10.1.0.0/16", "tcp 3389 to 192.168.1.0/24"], []],
  [
    "WinRM over IPv6",
    [],
    ["tcp 5985-5986 to 2001:db8::/64"],
    [
      [
        "admin-ports",
        "high",
        "WinRM (tcp 5985), WinRM over TLS (tcp 5986) to public addresses: 2001:db8::/64.",
      ],
      [
        "public-port-range",
        "medium",
        "A range of ports to public addresses: tcp 5985-5986 to 2001:db8::/64 (2^64 addresses).",
      ],
    ],
  ],
  [
    "a port of a database",
    [],
    ["tcp 5432 to 203.0.113.9/32"],
    [["database-ports", "high", "PostgreSQL (tcp 5432) to public addresses: 203.0.113.9/32."]],
  ],
  [
    "a range of ports in public",
    [],
    ["udp 5000-5010 to 203.0.113.9/32"],
    [
      [
        "public-port-range",
        "medium",
        "A range of ports to public addresses: udp 5000-5010 to 203.0.113.9/32 (1 address).",
      ],
    ],
  ],
  ["a range of ports in private", [], ["tcp 0-65535 to 172.16.0.0/12", "tcp 0-65535 to fd00::/8"], []],
  [
    "a rule that another covers",
    [],
    ["tcp 443 to 10.0.0.0/8", "tcp 443 to 10.1.0.0/16"],
    [
      [
        "redundant-rule",
        "low",
        'tcp 443 to 10.1.0.0/16 of "tcp 443 to 10.1.0.0/16" is redundant: already covered by tcp 443 to 10.0.0.0/8 of "tcp 443 to 10.0.0.0/8".',
      ],
    ],
  ],
  [
    "a new rule that covers one that was there",
    ["tcp 443 to 10.1.0.0/16"],
    ["tcp 400-500 to 10.0.0.0/8", "tcp 443 to 10.1.0.0/16"],
    [
      [
        "redundant-rule",
        "low",
        'tcp 443 to 10.1.0.0/16 of "tcp 443 to 10.1.0.0/16" is redundant: already covered by tcp 400-500 to 10.0.0.0/8 of "tcp 400-500 to 10.0.0.0/8".',
      ],
    ],
  ],
  [
    "IPv6 forgotten",
    ["tcp 80 to ::/0"],
    ["tcp 80 to ::/0", "tcp 443 to 0.0.0.0/0"],
    [
      ["address-family", "medium", "To every IPv4 address: tcp 443."],
      [
        "ipv6-forgotten",
        "info",
        "tcp 443 opens to every IPv4 address, but to no IPv6 address, although the group has IPv6 rules.",
      ],
    ],
  ],
  [
    "what closes",
    ["tcp 443 to 10.0.0.0/8"],
    [],
    [["live-traffic", "low", "May cut traffic: tcp 443 to 10.0.0.0/8 (16,777,216 addresses) closes."]],
  ],
  [
    "all of IPv4 closes, and IPv6 stays open",
    ["tcp 443 to 0.0.0.0/0", "tcp 443 to ::/0"],
    ["tcp 443 to ::/0"],
    [
      [
        "untracked-flow",
        "medium",
        "tcp 443 to 0.0.0.0/0 is no longer a rule: EC2 cuts flows at once that an inbound rule for 0.0.0.0/0 also allows.",
      ],
      [
        "ipv6-forgotten",
        "medium",
        "tcp 443 closes to every IPv4 address, but stays open to every IPv6 address.",
      ],
      ["live-traffic", "low", "May cut traffic: tcp 443 to 0.0.0.0/0 (4,294,967,296 addresses) closes."],
    ],
  ],
];

test.each(CASES)("%s", (_, before, after, expected) => {
  expect(found(before, after)).toEqual(expected);
});

test("an unchanged rule is no finding", () => {
  const bad = ["-1 to 0.0.0.0/0", "-1 to ::/0", "tcp 22 to 198.51.100.0/24", "tcp 22 to 198.51.100.7/32"];
  expect(found(bad, bad)).toEqual([]);
  expect(found(bad, [...bad, "tcp 443 to sg-0a1b2c3d"])).toEqual([]);
});

test("everything to everywhere is one finding, not one more for each of its ports", () => {
  expect(ids(["tcp 443 to 10.0.0.0/8"], ["-1 to 0.0.0.0/0"])).toEqual(["anywhere"]);
});

test("0.0.0.0/0 in two halves allows the same, but leaves no flow untracked", () => {
  const review = reviewed(["tcp 443 to 0.0.0.0/0"], ["tcp 443 to 0.0.0.0/1", "tcp 443 to 128.0.0.0/1"]);
  expect(review.verdict).toBe("no change");
  expect(review.findings.map(({ id }) => id)).toEqual(["untracked-flow"]);
  expect(ids(["icmp -1/-1 to 0.0.0.0/0"], ["icmp -1/-1 to 0.0.0.0/1"])).toEqual(["live-traffic"]);
});

test("a finding names its resources, so that the lines of the program can show it", () => {
  const [finding] = reviewed(
    ["tcp 80 to 10.0.0.0/8"],
    ["tcp 80 to 10.0.0.0/8", "tcp 22 to 198.51.100.0/24"],
  ).findings;
  expect(finding?.because).toEqual([from("tcp 22 to 198.51.100.0/24")]);
});

describe("the quota", () => {
  const many = (count: number, more: string[] = []) => [
    ...Array.from({ length: count }, (_, at) => `tcp ${at + 1} to 10.0.0.0/8`),
    ...more,
  ];
  const quota = (before: string[], after: string[]) => found(before, after).filter(([id]) => id === "quota");

  test("counts each family, before and after", () => {
    const lists = ["tcp 443 to pl-0a1b2c3d", "tcp 443 to sg-0a1b2c3d", "tcp 443 to 2001:db8::/32"];
    expect(reviewed(many(2), many(5, lists)).quota).toMatchObject({
      ipv4: { before: 2, after: 7, allowed: 60 },
      ipv6: { before: 0, after: 3, allowed: 60 },
    });
  });

  test("gives a notice if little is left, and an alarm if the rules do not fit", () => {
    expect(quota(many(40), many(47))).toEqual([]);
    expect(quota(many(40), many(50))).toEqual([
      ["quota", "low", "50 of 60 IPv4 rules are used, 40 before the change."],
    ]);
    expect(quota(many(60), many(61))).toEqual([
      ["quota", "high", "61 of 60 IPv4 rules are used, 60 before the change."],
    ]);
    expect(quota(many(61), many(61))).toEqual([]);
  });

  test("can differ from AWS's default", () => {
    const review = only(
      reviewOf(model([{ before: rules(many(1)), after: rules(many(90)) }]), { quota: 100 }),
    );
    expect(review.findings.map(({ message }) => message)).toEqual([
      "90 of 100 IPv4 rules are used, 1 before the change.",
    ]);
  });
});

describe("an exclusive set", () => {
  const change = (before: Partial<GroupChange["before"]>, after: Partial<GroupChange["after"]>) =>
    only(reviewOf(model([{ before: rules([], before), after: rules([], after) }]))).findings.map(
      ({ id, message }) => [id, message],
    );
  const exclusive = [from("base")];

  test("appears", () => {
    expect(change({}, { exclusive })).toEqual([
      [
        "exclusive-appears",
        '"base" becomes exclusive: it revokes rules of the group that it does not declare.',
      ],
    ]);
  });

  test("disappears", () => {
    expect(change({ exclusive }, {})).toEqual([
      ["exclusive-goes", '"base" is no longer exclusive: rules that others add to the group stay.'],
    ]);
  });

  test("stays", () => {
    expect(change({ exclusive }, { exclusive })).toEqual([]);
  });
});

test("each kind has its own id in kebab-case, and a sentence that explains it", () => {
  expect(new Set(KINDS.map(({ id }) => id)).size).toBe(KINDS.length);
  for (const { id, why } of KINDS) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  }
});
