import { UNKNOWN } from "../../provider/rule/unknown";
import {
  ACCOUNT,
  accepted,
  DESTINATIONS,
  OTHER_GROUP,
  onlyReason,
  refused,
  refusedProperties,
  TO_NOWHERE,
} from "./reading";

type Property = keyof typeof DESTINATIONS;
const PROPERTIES = Object.keys(DESTINATIONS) as Property[];
const PAIRS = PROPERTIES.flatMap((one, place) =>
  PROPERTIES.slice(place + 1).map((other): [Property, Property] => [one, other]),
);

const NONE_GIVEN = Object.fromEntries(PROPERTIES.map((property) => [property, null]));

/** The destination arguments in the parsed inputs. */
function destinationOf(args: object) {
  const { securityGroupId: _, ipProtocol: __, fromPort: ___, toPort: ____, ...rest } = accepted(args);
  return rest;
}

test.each(Object.entries(DESTINATIONS))("%s alone is enough", (property, value) => {
  expect(destinationOf({ ...TO_NOWHERE, [property]: value })).toEqual({ [property]: value });
});

test.each(Object.entries(DESTINATIONS))("%s is enough beside others set to null", (property, value) => {
  expect(destinationOf({ ...TO_NOWHERE, ...NONE_GIVEN, [property]: value })).toEqual({ [property]: value });
});

test.each([
  ["nothing", {}],
  ["null", NONE_GIVEN],
  ["undefined", { cidrIpv4: undefined }],
])("%s is not a destination: the error asks for one", (_, args) => {
  const reason = onlyReason("cidrIpv4", { ...TO_NOWHERE, ...args });
  expect(reason).toContain("no destination is specified");
  expect(reason).toContain("exactly one");
  for (const property of PROPERTIES) expect(reason).toContain(property);
});

test.each(PROPERTIES)("%s cannot be empty: an empty one means nothing", (property) => {
  expect(onlyReason(property, { ...TO_NOWHERE, [property]: "" })).toContain('"" is not');
});

test.each(PAIRS)("%s and %s together are refused", (one, other) => {
  const both = { ...TO_NOWHERE, [one]: DESTINATIONS[one], [other]: DESTINATIONS[other] };
  const reason = onlyReason(other, both);
  expect(reason).toContain(`${JSON.stringify(DESTINATIONS[other])} is a second destination besides ${one}`);
  expect(reason).toContain("declare one rule for each");
});

test("all four destinations together are refused", () => {
  expect(refusedProperties({ ...TO_NOWHERE, ...DESTINATIONS })).toEqual(PROPERTIES.slice(1));
});

test("two bad destinations are reported as two and as bad", () => {
  const bad = { ...TO_NOWHERE, cidrIpv4: "anywhere", prefixListId: "s3" };
  expect(refusedProperties(bad).sort()).toEqual(["cidrIpv4", "prefixListId", "prefixListId"]);
});

describe("while a destination is unknown", () => {
  test.each(PROPERTIES)("%s alone is enough, and stays unknown", (property) => {
    expect(destinationOf({ ...TO_NOWHERE, [property]: UNKNOWN })).toEqual({ [property]: UNKNOWN });
  });

  test("all four unknown destinations pass, since only one may turn out to be specified", () => {
    const unknown = Object.fromEntries(PROPERTIES.map((property) => [property, UNKNOWN]));
    expect(destinationOf({ ...TO_NOWHERE, ...unknown })).toEqual(unknown);
  });

  test.each(PAIRS)("a known %s is enough beside an unknown %s", (known, unknown) => {
    const both = { [known]: DESTINATIONS[known], [unknown]: UNKNOWN };
    expect(destinationOf({ ...TO_NOWHERE, ...both })).toEqual(both);
  });

  test("two known destinations are still one too many", () => {
    const args = { ...TO_NOWHERE, ...DESTINATIONS, cidrIpv4: UNKNOWN, cidrIpv6: UNKNOWN };
    expect(refusedProperties(args)).toEqual(["referencedSecurityGroupId"]);
  });

  test("a known destination is still checked", () => {
    const args = { ...TO_NOWHERE, cidrIpv4: "10.0.0.0", prefixListId: UNKNOWN };
    expect(onlyReason("cidrIpv4", args)).toContain("10.0.0.0/32");
  });
});

describe("a group of another account", () => {
  const apart = { referencedSecurityGroupId: OTHER_GROUP, referencedSecurityGroupOwnerId: ACCOUNT };

  test("takes its id and the account's", () => {
    expect(destinationOf({ ...TO_NOWHERE, ...apart })).toEqual(apart);
  });

  test("may be one text, which is split", () => {
    const together = { ...TO_NOWHERE, referencedSecurityGroupId: `${ACCOUNT}/${OTHER_GROUP}` };
    expect(destinationOf(together)).toEqual(apart);
  });

  test("may be one text beside its account", () => {
    const twice = { ...apart, referencedSecurityGroupId: `${ACCOUNT}/${OTHER_GROUP}` };
    expect(destinationOf({ ...TO_NOWHERE, ...twice })).toEqual(apart);
  });

  test.each([`12345/${OTHER_GROUP}`, `self/${OTHER_GROUP}`, `${ACCOUNT}/web`, `/${OTHER_GROUP}`])(
    "cannot be given as %s",
    (bad) => {
      const reason = onlyReason("referencedSecurityGroupId", {
        ...TO_NOWHERE,
        referencedSecurityGroupId: bad,
      });
      expect(reason).toContain(`"${bad}" is not the id of a security group`);
    },
  );

  test("is refused only for its id if the account before it is valid", () => {
    const bad = { ...TO_NOWHERE, referencedSecurityGroupId: `${ACCOUNT}/sg-web` };
    expect(onlyReason("referencedSecurityGroupId", bad)).toContain('"sg-web" is not the id');
  });

  test("is refused for its account", () => {
    const bad = { ...TO_NOWHERE, ...apart, referencedSecurityGroupOwnerId: "self" };
    const reason = onlyReason("referencedSecurityGroupOwnerId", bad);
    expect(reason).toContain('"self" is not an AWS account id');
    expect(reason).toContain('"123456789012"');
  });

  test("may have an unknown account or id", () => {
    for (const property of Object.keys(apart)) {
      const inputs = destinationOf({ ...TO_NOWHERE, ...apart, [property]: UNKNOWN });
      expect(inputs).toEqual({ ...apart, [property]: UNKNOWN });
    }
  });

  test.each(PROPERTIES.slice(0, 3))("cannot stand in %s", (property) => {
    const reason = onlyReason("referencedSecurityGroupOwnerId", {
      ...TO_NOWHERE,
      [property]: DESTINATIONS[property],
      referencedSecurityGroupOwnerId: ACCOUNT,
    });
    expect(reason).toContain(`"${ACCOUNT}" is valid only with referencedSecurityGroupId`);
    expect(reason).toContain("remove it");
  });

  test("needs more than its account", () => {
    const [failure, ...others] = refused({ ...TO_NOWHERE, referencedSecurityGroupOwnerId: ACCOUNT });
    expect(others).toEqual([]);
    expect(failure?.reason).toContain("no destination is specified");
  });
});
