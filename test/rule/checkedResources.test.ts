import { CheckedResources } from "../../provider/rule/checkedResources";
import { identityInGroup } from "../../provider/rule/identity";
import { type LaterNames, withLaterNames } from "../../provider/rule/laterNames";
import { ruleOf } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import { accepted, GROUP, OTHER_GROUP, PREFIX_LIST, RULE, TO_NOWHERE } from "./reading";

const WEB = "urn:pulumi:test::shop::EgressRule::web";
const API = "urn:pulumi:test::shop::EgressRule::api";
const SET = "urn:pulumi:test::shop::EgressRuleSet::all";
const QUOTA = 60;

let checked: CheckedResources;

beforeEach(() => {
  checked = new CheckedResources();
});

interface More {
  readonly exclusiveGroup?: string;
  readonly weight?: number;
  readonly quota?: number;
}

/** Checks a resource with rules of these arguments; returns the errors that involve other resources. */
function check(
  urn: string,
  rules: readonly object[],
  { exclusiveGroup, weight = 1, quota = QUOTA }: More = {},
) {
  const inputs = rules.map((args) => ({ inputs: accepted({ ...RULE, ...args }), weight }));
  return checked.note({ urn, rules: inputs, exclusiveGroup }, quota);
}

const declares = (args: object) => checked.declares(accepted({ ...RULE, ...args }));
const ports = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => ({ fromPort: from + place, toPort: from + place }));

describe("two resources with the same rule", () => {
  test("are refused in any spelling, with both named", () => {
    expect(check(WEB, [{ cidrIpv4: "10.0.0.0/16" }])).toBeUndefined();
    expect(check(API, [{ ipProtocol: 6, cidrIpv4: "10.0.3.4/16", description: "api" }])).toBe(
      `${API} is a duplicate of ${WEB}, tcp 443 to 10.0.0.0/16 on ${GROUP}: remove one of the two`,
    );
  });

  test("are refused if one is a set", () => {
    expect(check(SET, ports(440, 5))).toBeUndefined();
    expect(check(WEB, [{}])).toContain(`${WEB} is a duplicate of ${SET}, tcp 443 to`);
  });

  test.each<[string, object]>([
    ["group", { securityGroupId: OTHER_GROUP }],
    ["port", { toPort: 444 }],
    ["destination", { cidrIpv4: "10.0.0.0/17" }],
  ])("are two rules if they differ in the %s", (_, other) => {
    check(WEB, [{}]);
    expect(check(API, [other])).toBeUndefined();
  });

  test.each<[string, object]>([
    ["group", { securityGroupId: UNKNOWN }],
    ["port", { toPort: UNKNOWN }],
    ["destination", { cidrIpv4: UNKNOWN }],
  ])("are not reported while the %s is unknown", (_, unknown) => {
    check(WEB, [unknown]);
    expect(check(API, [unknown])).toBeUndefined();
    expect(declares(unknown)).toBe(false);
  });
});

describe("an unknown value that the program names", () => {
  const LATER = { securityGroupId: "later 1", cidrIpv4: "later 2" };
  const unknown = { securityGroupId: UNKNOWN, cidrIpv4: UNKNOWN };
  const named = (urn: string, args: object, names: LaterNames) => {
    const inputs = accepted({ ...RULE, ...args });
    const rules = [{ inputs, named: withLaterNames(inputs, names), weight: 1 }];
    return checked.note({ urn, rules }, QUOTA);
  };

  test("is the same under the same name, and the name stays out of the message", () => {
    named(WEB, unknown, LATER);
    expect(named(API, unknown, LATER)).toBe(
      `${API} is a duplicate of ${WEB}, tcp 443 to a destination not yet known: remove one of the two`,
    );
  });

  test.each<[string, object, LaterNames]>([
    ["another group", unknown, { ...LATER, securityGroupId: "later 3" }],
    ["another destination", unknown, { ...LATER, cidrIpv4: "later 3" }],
    ["another port", { ...unknown, toPort: 444 }, LATER],
    ["a group that is known by now", { cidrIpv4: UNKNOWN }, LATER],
    ["no name", unknown, {}],
  ])("is another with %s", (_, args, names) => {
    named(WEB, unknown, LATER);
    expect(named(API, args, names)).toBeUndefined();
  });

  test("is a full or shared group, reported without its name", () => {
    named(WEB, { securityGroupId: UNKNOWN }, LATER);
    expect(checked.note({ urn: SET, rules: [], exclusiveGroup: "later 1" }, QUOTA)).toContain(
      `${SET} has its security group to itself`,
    );
    expect(named(API, { securityGroupId: UNKNOWN, toPort: 444 }, LATER)).toContain("to itself");
  });
});

describe("a group with an exclusive set", () => {
  const exclusive = { exclusiveGroup: GROUP };
  const refusal = (owner: string, other: string) =>
    `${owner} has ${GROUP} to itself (exclusive or strangers), but ${other} declares rules on it, too: declare them in the set, or remove exclusive or strangers`;

  test("refuses every later resource", () => {
    expect(check(SET, [{}], exclusive)).toBeUndefined();
    expect(check(WEB, [{ toPort: 444 }])).toBe(refusal(SET, WEB));
  });

  test("refuses the set if others have rules on it", () => {
    check(WEB, [{ toPort: 444 }]);
    expect(check(SET, [{}], exclusive)).toBe(refusal(SET, WEB));
  });

  test("refuses a second exclusive set, even if both are empty", () => {
    check(SET, [], exclusive);
    expect(check(API, [], exclusive)).toBe(refusal(API, SET));
  });

  test("does not affect rules of another group", () => {
    check(SET, [{}], exclusive);
    expect(check(WEB, [{ securityGroupId: OTHER_GROUP }])).toBeUndefined();
  });

  test("does not count as shared while it is unknown", () => {
    check(SET, [], { exclusiveGroup: UNKNOWN });
    expect(check(WEB, [{}])).toBeUndefined();
  });
});

describe("the quota of a group", () => {
  test("covers all resources together", () => {
    expect(check(SET, ports(1, 59))).toBeUndefined();
    expect(check(WEB, [{}])).toBeUndefined();
    expect(check(API, [{ toPort: 444 }])).toMatch(
      `${GROUP} would exceed its quota of 60 outbound rules: this program declares 61 for IPv4 `,
    );
  });

  test("covers each family separately, and counts a prefix list as its entries in both", () => {
    check(SET, ports(1, 55));
    const list = { inputs: accepted({ ...TO_NOWHERE, prefixListId: PREFIX_LIST }), weight: 6 };
    expect(checked.note({ urn: API, rules: [list] }, QUOTA)).toMatch("declares 61 for IPv4 (a prefix list");
    const six = { inputs: accepted({ ...TO_NOWHERE, cidrIpv6: "::/0" }), weight: 1 };
    expect(checked.note({ urn: API, rules: [six] }, QUOTA)).toBeUndefined();
  });

  test("is reported with the program's own sum, if that is known", () => {
    const rules = ports(1, 61).map((args) => ({ inputs: accepted({ ...RULE, ...args }), weight: 1 }));
    expect(
      checked.note({ urn: WEB, rules: rules.slice(0, 60), overQuota: "declares 80" }, QUOTA),
    ).toBeUndefined();
    expect(checked.note({ urn: API, rules: rules.slice(60), overQuota: "declares 80" }, QUOTA)).toBe(
      "declares 80",
    );
  });

  test("comes from the stack", () => {
    expect(check(SET, ports(1, 61), { quota: 100 })).toBeUndefined();
  });
});

describe("a resource that is checked again", () => {
  test("neither duplicates itself nor counts twice", () => {
    check(SET, ports(1, 60));
    expect(check(SET, ports(1, 60))).toBeUndefined();
    expect(check(SET, ports(100, 60))).toBeUndefined();
  });

  test("forgets what it declared before", () => {
    check(WEB, [{}]);
    check(WEB, [{ toPort: 444 }]);
    expect([declares({}), declares({ toPort: 444 })]).toEqual([false, true]);
    expect(check(API, [{}])).toBeUndefined();
  });

  test("forgets the group it had exclusively", () => {
    check(SET, [], { exclusiveGroup: GROUP });
    check(SET, [], { exclusiveGroup: OTHER_GROUP });
    expect(check(WEB, [{}])).toBeUndefined();
    expect([checked.uses(GROUP), checked.uses(OTHER_GROUP)]).toEqual([true, true]);
  });

  test("leaves another resource with the same declaration alone", () => {
    check(WEB, [{}]);
    check(API, [{}]);
    check(API, []);
    expect(declares({})).toBe(true);
  });
});

describe("what resources declare", () => {
  test("is known in any spelling, with any description and tags", () => {
    check(WEB, [{}]);
    const same = { ipProtocol: "TCP", cidrIpv4: "10.0.0.1/16", description: "web", tags: { Team: "web" } };
    expect([declares(same), declares({ cidrIpv4: "10.1.0.0/16" })]).toEqual([true, false]);
  });

  test("is known even if the resource is refused", () => {
    check(WEB, [{}]);
    check(API, [{}, { toPort: 444 }]);
    expect(declares({ toPort: 444 })).toBe(true);
  });

  test("is known before its own check, if the program reports it with another check", () => {
    checked.foretell(GROUP, { [WEB]: [identityInGroup(ruleOf(accepted(RULE)))] });
    expect([declares({ description: "web" }), declares({ toPort: 444 })]).toEqual([true, false]);
    expect(declares({ securityGroupId: OTHER_GROUP })).toBe(false);
    // It is not yet a resource's rule that another could duplicate.
    expect(check(API, [{}])).toBeUndefined();
  });

  test("follows its own check, once that has run", () => {
    checked.foretell(GROUP, { [WEB]: [identityInGroup(ruleOf(accepted(RULE)))] });
    check(WEB, [{ toPort: 444 }]);
    expect([declares({}), declares({ toPort: 444 })]).toEqual([false, true]);
  });

  test("uses its own groups only", () => {
    check(WEB, [{}]);
    expect([checked.uses(GROUP), checked.uses(OTHER_GROUP)]).toEqual([true, false]);
  });

  test("uses the group of an exclusive set without rules", () => {
    check(SET, [], { exclusiveGroup: GROUP });
    expect(checked.uses(GROUP)).toBe(true);
  });

  test("no longer uses a group that it left", () => {
    check(WEB, [{}]);
    check(WEB, [{ securityGroupId: OTHER_GROUP }]);
    expect(checked.uses(GROUP)).toBe(false);
  });
});
