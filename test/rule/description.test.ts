import { UNKNOWN } from "../../provider/rule/unknown";
import { accepted, DESTINATIONS, onlyReason, RULE, refused, refusedProperties, TO_NOWHERE } from "./reading";

// The API's document, under Description of IpRanges.
const ALLOWED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/()#,@[]+=&;{}!$*";
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

const CIDRS = ["cidrIpv4", "cidrIpv6"] as const;
const OTHERS = ["prefixListId", "referencedSecurityGroupId"] as const;

const described = (description: unknown) => ({ ...RULE, description });

/** The characters allowed in a description for this kind of destination. */
function allowedFor(property: keyof typeof DESTINATIONS): string[] {
  const rule = { ...TO_NOWHERE, [property]: DESTINATIONS[property] };
  return ASCII.filter((character) => {
    try {
      const description = `a${character}`;
      return accepted({ ...rule, description }).description === description;
    } catch {
      return false;
    }
  });
}

test.each(CIDRS)(
  "of all ASCII characters, a rule to %s accepts exactly those in the API's document",
  (property) => {
    expect(allowedFor(property)).toEqual([...ALLOWED].sort());
  },
);

test.each(OTHERS)("a rule to %s accepts the same, except &", (property) => {
  expect(allowedFor(property)).toEqual([...ALLOWED.replace("&", "")].sort());
});

test("all of them may stand together", () => {
  expect(accepted(described(ALLOWED)).description).toBe(ALLOWED);
});

test.each([
  ['say "no"', '"'],
  ["it's", "'"],
  ["a\nb", "\n"],
  ["a\tb", "\t"],
  ["50%", "%"],
  ["a|b", "|"],
  ["why?", "?"],
  ["a → b", "→"],
  ["café", "é"],
  ["to 🌍", "🌍"],
  ["a\u00a0b", "\u00a0"],
])("%j is refused, with the character that EC2 does not accept", (bad, character) => {
  const reason = onlyReason("description", described(bad));
  expect(reason).toContain(`${JSON.stringify(bad)} contains ${JSON.stringify(character)}`);
  expect(reason).toContain("a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*");
});

test("255 characters are accepted, 256 are refused", () => {
  const longest = "a".repeat(255);
  expect(accepted(described(longest)).description).toBe(longest);

  const reason = onlyReason("description", described(`${longest}a`));
  expect(reason).toContain("aaa");
  expect(reason).toContain("has 256 characters");
  expect(reason).toContain("at most 255");
});

test("a description both too long and with a bad character gets both errors", () => {
  expect(refusedProperties(described("?".repeat(256)))).toEqual(["description", "description"]);
});

test.each<[unknown]>([[5], [true], [["web"]], [{ text: "web" }]])("%j is not a string", (bad) => {
  expect(onlyReason("description", described(bad))).toContain(`${JSON.stringify(bad)} is not a string`);
});

test.each([[""], [" "], ["   "], [null], [undefined]])("%j counts as not specified", (none) => {
  expect(accepted(described(none))).not.toHaveProperty("description");
});

test("stays as written, including spaces and case", () => {
  expect(accepted(described(" To  the LAN ")).description).toBe(" To  the LAN ");
});

test("stays unknown while its value is unknown", () => {
  expect(accepted(described(UNKNOWN)).description).toBe(UNKNOWN);
});

describe("an ampersand", () => {
  const description = "read & write";

  test.each(OTHERS)("is refused beside %s, with a replacement", (property) => {
    const reason = onlyReason("description", {
      ...TO_NOWHERE,
      [property]: DESTINATIONS[property],
      description,
    });
    expect(reason).toContain(`"${description}" contains "&"`);
    expect(reason).toContain("CIDR destinations only");
    expect(reason).toContain('write "and"');
  });

  test.each(OTHERS)("is refused beside an unknown %s", (property) => {
    expect(refusedProperties({ ...TO_NOWHERE, [property]: UNKNOWN, description })).toEqual(["description"]);
  });

  test.each(OTHERS)("is reported together with a bad %s", (property) => {
    const failures = refused({ ...TO_NOWHERE, [property]: "web", description });
    expect(failures.map((failure) => failure.property)).toEqual([property, "description"]);
  });

  test.each(CIDRS)("is not an error beside a bad %s", (property) => {
    expect(refusedProperties({ ...TO_NOWHERE, [property]: "web", description })).toEqual([property]);
  });

  test("is not an error beside a missing destination", () => {
    expect(refusedProperties({ ...TO_NOWHERE, description })).toEqual(["cidrIpv4"]);
  });

  test("is accepted while the destination may turn out to be a CIDR", () => {
    const unknown = Object.fromEntries(Object.keys(DESTINATIONS).map((property) => [property, UNKNOWN]));
    expect(accepted({ ...TO_NOWHERE, ...unknown, description }).description).toBe(description);
    const { cidrIpv6, prefixListId } = unknown;
    expect(accepted({ ...TO_NOWHERE, cidrIpv6, prefixListId, description }).description).toBe(description);
  });
});
