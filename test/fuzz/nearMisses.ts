import fc from "fast-check";
import { RESERVED_PREFIX } from "../../provider/rule/tags";
import { UNKNOWN } from "../../provider/rule/unknown";

// What people type, and what their configuration contains: most of it is almost right.

/** The text with one character inserted, removed or replaced. */
function typo(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const character = fc.constantFrom(..."0123456789abcdefABCDEFxgG.:/-+% \n\t,٣", "");
  return fc
    .record({ text, place: fc.nat(40), taken: fc.nat(2), character })
    .map(({ text, place, taken, character }) => {
      const start = place % (text.length + 1);
      return text.slice(0, start) + character + text.slice(start + taken);
    });
}

const notText = fc.constantFrom<unknown>(5, true, [], {}, ["10.0.0.0/8"], "", " ");

const number = fc.oneof(
  fc.integer({ min: -3, max: 300 }),
  fc.constantFrom(65535, 65536, 1.5, 1e21, -0, 2 ** 53),
);
const numberText = fc.oneof(
  number.map(String),
  number.map((value) => ` ${value} `),
  fc.constantFrom("+80", "080", "-0", "8_0", "٨٠", "８０", "0x50", "8e1", "80.0", "80-90", "http", "", "--1"),
);
const integer = fc.oneof(
  number,
  numberText,
  fc.constantFrom<unknown>(null, true, [], [80], {}, "9".repeat(30)),
);

const protocol = fc.oneof(
  integer,
  fc.mixedCase(fc.constantFrom("tcp", "udp", "icmp", "icmpv6", "all")),
  fc.constantFrom(
    "sctp",
    "ESP",
    "icmp6",
    "ipv6-icmp",
    "any",
    "*",
    " tcp",
    "udp\n",
    "-1 ",
    "tcp,udp",
    "constructor",
  ),
);

const icmp = fc.oneof(
  fc.record(
    {
      type: fc.oneof(
        integer,
        fc.constantFrom("echo-request", "Echo-Reply ", "packet-too-big", "all", "ping"),
      ),
      code: integer,
      more: integer,
    },
    { requiredKeys: [] },
  ),
  integer,
);

const cidr4 = fc.oneof(
  typo(fc.constantFrom("10.0.0.0/8", "0.0.0.0/0", "255.255.255.255/32", "100.68.0.18/18")),
  fc.constantFrom("10.0.0.0", "010.0.0.0/8", "10.0.0/8", "10.0.0.0/255.0.0.0", "0xa.0.0.0/8", "10.0.0.0/8/8"),
  fc.constantFrom(
    "1.2.3.4.5/8",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/+8",
    "10.0.0.0/08",
    "167772160/8",
    "1.2.3.4%1/8",
  ),
  fc.constantFrom("::/0", "::ffff:1.2.3.4/128", "10.0.0.0/8,10.1.0.0/16", "localhost/8"),
  notText,
);
const cidr6 = fc.oneof(
  typo(fc.constantFrom("2001:db8::/32", "::/0", "::1/128", "2001:db8:0:0:1:0:0:1/64", "::ffff:10.0.0.1/104")),
  fc.constantFrom(
    "::ffff:1.2.3.4/96",
    "::1.2.3.4/128",
    "::ffff:0:0/96",
    "64:ff9b::1.2.3.4/96",
    "::1.2.3.04/128",
  ),
  fc.constantFrom(
    "fe80::1%eth0/64",
    "::1/128%1",
    "[::]/0",
    ":::/0",
    "1::2::3/64",
    "::/129",
    "::/00",
    "::/+0",
  ),
  fc.constantFrom(
    "1:2:3:4:5:6:7::/128",
    "1:2:3:4:5:6:7:8::/128",
    "::1:2:3:4:5:6:7:8/128",
    "12345::/16",
    "::",
  ),
  fc.constantFrom(
    "::256.1.1.1/128",
    "1:2:3:4:5:6:7:1.2.3.4/128",
    "10.0.0.0/8",
    "2001:db8::/32,::/0",
    "::/0 ",
  ),
  notText,
);

const id = (prefix: string, others: readonly unknown[]) =>
  fc.oneof(
    typo(fc.constantFrom(`${prefix}-1a2b3c4d`, `${prefix}-0123456789abcdef0`)),
    fc.constantFrom<unknown>(`${prefix}-`, `${prefix}-1A2B3C4D`, `x${prefix}-1a2b3c4d`, ...others),
    notText,
  );
const account = fc.oneof(
  typo(fc.constantFrom("123456789012", "210987654321")),
  fc.constantFrom<unknown>(123456789012, "self", "", null),
);

const good = fc.stringMatching(/^[a-zA-Z0-9 ._:/()#,@=;{}!$*&[\]+-]{0,40}$/);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(
    "\u001b[31mred",
    "a\nb",
    "\u202etxt",
    "\ud800",
    "a\udc00b",
    "\u0000",
    "\u007f",
    "\ufffe",
    "日本",
  ),
);
const description = fc.oneof(
  good,
  anyText,
  fc.tuple(good, fc.integer({ min: 240, max: 260 })).map(([text, length]) => text.padEnd(length, "x")),
  fc.constantFrom<unknown>("R&D", "x".repeat(256), 5, true, {}, []),
);

const sized = (longest: number) =>
  fc
    .tuple(fc.constantFrom("x", "é", "😀", "\u{10ffff}"), fc.integer({ min: longest - 2, max: longest + 2 }))
    .map(([character, length]) => character.repeat(length));
const tagKey = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z:._ -]{1,9}$/) },
  fc.constantFrom("", "aws:x", "AWS:x", "aWs:", "aws", `${RESERVED_PREFIX}owner`, "__proto__", "toString"),
  sized(127),
  anyText,
);
const tagValue = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z0-9:._ &<>-]{0,9}$/) },
  sized(256),
  anyText,
  fc.constantFrom<unknown>(null, 5, true, {}, []),
);
const tags = fc.oneof(
  fc.array(fc.tuple(tagKey, tagValue), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  fc
    .integer({ min: 47, max: 52 })
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, place) => [`k${place}`, "v"]))),
  notText,
);

/** Values for each argument of a rule, most of them almost right. */
export const NEAR_MISSES: { readonly [property: string]: fc.Arbitrary<unknown> } = {
  securityGroupId: id("sg", [null, "web", "123456789012/sg-1a2b3c4d"]),
  ipProtocol: protocol,
  fromPort: integer,
  toPort: integer,
  icmp,
  cidrIpv4: cidr4,
  cidrIpv6: cidr6,
  prefixListId: id("pl", [null, "com.amazonaws.us-east-1.s3"]),
  referencedSecurityGroupId: id("sg", [null, "123456789012/sg-1a2b3c4d", "12345678901/sg-1a2b3c4d", "self"]),
  referencedSecurityGroupOwnerId: account,
  description,
  tags,
  cidrBlocks: fc.constantFrom<unknown>(["10.0.0.0/8"], null, UNKNOWN),
};
