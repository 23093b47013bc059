import { parseTags, sortedTags, type Tags } from "../../provider/rule/tags";
import { UNKNOWN } from "../../provider/rule/unknown";
import { accepted, onlyReason, RULE, refusedProperties } from "./reading";

const tagged = (tags: unknown) => ({ ...RULE, tags });

test("keep their values, and sort their keys", () => {
  const { tags } = accepted(tagged({ Team: "web", "cost-centre": "", Été: "🌞 & <rain>", App: " shop " }));
  expect(Object.entries(tags ?? {})).toEqual([
    ["App", " shop "],
    ["Team", "web"],
    ["cost-centre", ""],
    ["Été", "🌞 & <rain>"],
  ]);
});

test.each([[undefined], [null], [{}], [{ Team: null }], [{ Team: undefined }]])(
  "%j counts as not specified",
  (none) => {
    expect(accepted(tagged(none))).not.toHaveProperty("tags");
  },
);

test("a tag given as null is omitted, whatever its key", () => {
  expect(accepted(tagged({ Team: "web", App: null, "aws:app": null })).tags).toEqual({ Team: "web" });
});

test.each<[unknown]>([["Team=web"], [5], [true], [[{ key: "Team", value: "web" }]]])(
  "%j is refused, with the correct form",
  (bad) => {
    const reason = onlyReason("tags", tagged(bad));
    expect(reason).toContain(`${JSON.stringify(bad)} is not an object of strings`);
    expect(reason).toContain('{ Team: "web" }');
  },
);

test.each<[unknown, string]>([
  [1, "1"],
  [-0.5, "-0.5"],
  [true, "true"],
  [false, "false"],
])(
  "a value %j becomes the text %j, since configuration holds either and the AWS provider accepts both",
  (value, text) => {
    expect(accepted(tagged({ Team: value })).tags).toEqual({ Team: text });
  },
);

test.each<[unknown]>([[["web"]], [{ name: "web" }], [2 ** 53], [Number.NaN]])(
  "a value %j is not a string",
  (bad) => {
    const reason = onlyReason('tags["Team"]', tagged({ Team: bad }));
    expect(reason).toContain(`${JSON.stringify(bad)} is not a string`);
    expect(reason).toContain("put it in quotes");
  },
);

test.each(["\u0000", "\u001b[31m", "\ud83d", "a\udc11", "\ufffe"])(
  "%j is not text, and is refused",
  (bad) => {
    expect(onlyReason('tags["Team"]', tagged({ Team: `web${bad}` }))).toContain(
      "contains a control character or other non-text character",
    );
    const { reasons } = parseWithReasons({ [bad]: "web" });
    expect(reasons).toEqual([
      expect.stringContaining("the key contains a control character or other non-text character"),
    ]);
  },
);

test("line breaks and tabs are text", () => {
  expect(accepted(tagged({ Team: "a\n\tb\u0085" })).tags).toEqual({ Team: "a\n\tb\u0085" });
});

describe.each([
  ["ASCII", "k"],
  ["beyond ASCII", "é"],
  // Two units of UTF-16, one character.
  ["beyond 16 bits", "🔑"],
])("characters %s", (_, character) => {
  test("make a key of 127, but not of 128", () => {
    const longest = character.repeat(127);
    expect(accepted(tagged({ [longest]: "web" })).tags).toEqual({ [longest]: "web" });

    const parsed = parseWithReasons({ [longest + character]: "web" });
    expect(parsed.properties).toEqual([expect.stringContaining(character.repeat(30))]);
    expect(parsed.reasons).toEqual([expect.stringMatching(/key has 128 characters.*at most 127/)]);
  });

  test("make a value of 256, but not of 257", () => {
    const longest = character.repeat(256);
    expect(accepted(tagged({ Team: longest })).tags).toEqual({ Team: longest });

    const reason = onlyReason('tags["Team"]', tagged({ Team: longest + character }));
    expect(reason).toContain(character.repeat(30));
    expect(reason).toContain("has 257 characters");
    expect(reason).toContain("at most 256");
  });
});

test("an empty key is refused", () => {
  const reason = onlyReason('tags[""]', tagged({ "": "web" }));
  expect(reason).toContain("the key is empty");
  expect(reason).toContain("give it a name");
});

test.each(["aws:", "aws:cloudformation:stack-name", "AWS:app", "Aws:app"])(
  "the key %j is refused: it belongs to AWS",
  (key) => {
    const reason = onlyReason(`tags["${key}"]`, tagged({ [key]: "web" }));
    expect(reason).toContain('begin with "aws:"');
    expect(reason).toContain("choose another");
  },
);

test.each(["pulumi-aws-egress:owner", "pulumi-aws-egress:anything"])(
  "the key %j is refused: it belongs to this package",
  (key) => {
    const reason = onlyReason(`tags["${key}"]`, tagged({ [key]: "web" }));
    expect(reason).toContain('begin with "pulumi-aws-egress:"');
    expect(reason).toContain("choose another");
  },
);

test.each(["aws", "awsome:app", "my:aws:app", "pulumi-aws-egress", "pulumi:project"])(
  "the key %j belongs to no one",
  (key) => {
    expect(accepted(tagged({ [key]: "web" })).tags).toEqual({ [key]: "web" });
  },
);

test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])("the key %j is a valid key", (key) => {
  const { tags } = accepted(tagged(JSON.parse(`{ "${key}": "web" }`)));
  expect(Object.entries(tags ?? {})).toEqual([[key, "web"]]);
});

test("every bad tag is reported at once, and a bad key beside a bad value", () => {
  const bad = tagged({ Team: [5], "aws:app": {}, "": "web", App: "shop" });
  expect(refusedProperties(bad).sort()).toEqual([
    'tags[""]',
    'tags["Team"]',
    'tags["aws:app"]',
    'tags["aws:app"]',
  ]);
});

test("stay unknown while unknown, as a whole or by value", () => {
  expect(accepted(tagged(UNKNOWN)).tags).toBe(UNKNOWN);
  expect(accepted(tagged({ Team: UNKNOWN, App: "shop" })).tags).toEqual({ App: "shop", Team: UNKNOWN });
  expect(refusedProperties(tagged({ Team: UNKNOWN, App: [5] }))).toEqual(['tags["App"]']);
});

test("two records with the same tags give the same text in state, in any order", () => {
  const one: [string, string][] = [
    ["b", "1"],
    ["B", "2"],
    ["a", "3"],
  ];
  expect(JSON.stringify(sortedTags(one))).toBe('{"B":"2","a":"3","b":"1"}');
  expect(JSON.stringify(sortedTags(one.toReversed()))).toBe('{"B":"2","a":"3","b":"1"}');
});

/** Tags as `aws:defaultTags` holds them are parsed the same way. */
function parseWithReasons(value: unknown) {
  const failures: { property: string; reason: string }[] = [];
  const tags: Tags | string | undefined = parseTags(value, failures);
  return {
    tags,
    properties: failures.map(({ property }) => property),
    reasons: failures.map(({ reason }) => reason),
  };
}
