import fc from "fast-check";
import type { Failure } from "../../provider/rule/failure";
import { identityInGroup } from "../../provider/rule/identity";
import type { UnknownRecord } from "../../provider/rule/record";
import { ruleOf } from "../../provider/rule/rule";
import { ruleKey, withoutAccount } from "../../provider/rule/ruleKey";
import { keysOf, ruleSet, type SetRules, setsDiffer } from "../../provider/rule/ruleSet";
import { UNKNOWN } from "../../provider/rule/unknown";
import { modelRule, twoModelRules } from "./arbitraries";
import { ACCOUNT, accepted, GROUP, OTHER_GROUP, RULE, TO_NOWHERE } from "./reading";
import { spellingOf } from "./spellings";

/** The set of rules that must be valid together. */
function setOf(...rules: UnknownRecord[]): SetRules {
  const { set, failures } = read(...rules);
  expect(failures).toEqual([]);
  return set;
}

function read(...rules: UnknownRecord[]) {
  const failures: Failure[] = [];
  const said = rules.map((args, place) => ({
    property: `rules[${place}]`,
    inputs: accepted({ ...args, securityGroupId: GROUP }),
  }));
  return { set: ruleSet(said, failures), failures };
}

const plain = ({ description: _, tags: __, ...rule }: UnknownRecord): UnknownRecord => rule;
/** Rules, and the same rules respelled, partly repeated, and reordered. */
const twice = fc
  .uniqueArray(modelRule, {
    selector: (rule) => JSON.stringify([rule.protocol, rule.ports, rule.destination], text),
  })
  .chain((rules) =>
    fc.tuple(
      fc.tuple(...rules.map(spellingOf)),
      fc
        .tuple(fc.tuple(...rules.map(spellingOf)), fc.tuple(...rules.map(spellingOf)))
        .chain(([all, again]) =>
          fc
            .subarray(again)
            .chain((some) => fc.shuffledSubarray([...all, ...some], { minLength: all.length + some.length })),
        ),
    ),
  );

function text(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

const withoutOwner = ({ referencedSecurityGroupOwnerId: _, ...rule }: UnknownRecord): UnknownRecord => ({
  ...rule,
  referencedSecurityGroupId:
    String(rule.referencedSecurityGroupId ?? "").replace(/^\d{12}\//, "") || undefined,
});

test("rules in any order and spelling, even repeated, are the same set", () => {
  fc.assert(
    fc.property(twice, ([one, other]) => {
      const clean = (rules: readonly UnknownRecord[]) => rules.map((rule) => withoutOwner(plain(rule)));
      const [first, second] = [setOf(...clean(one)), setOf(...clean(other))];
      expect(second).toEqual(first);
      expect(Object.keys(second)).toEqual(Object.keys(first));
      expect(setsDiffer(first, second)).toBe(false);
    }),
  );
});

test("keys are the same as those of the rules, apart from accounts", () => {
  fc.assert(
    fc.property(
      twoModelRules.chain(([one, other]) => fc.tuple(spellingOf(one), spellingOf(other))),
      ([one, other]) => {
        const [first, second] = [accepted(one), accepted(other)];
        const keys = [first, second].map((inputs) => withoutAccount(ruleKey(inputs) ?? ""));
        const identities = [first, second].map((inputs) => identityInGroup(ruleOf(inputs)));
        expect(keys[0] === keys[1]).toBe(identities[0] === identities[1]);
      },
    ),
  );
});

test("the same rule with other details is refused, with both positions and the difference", () => {
  const { failures } = read(RULE, { ...RULE, description: "other", tags: { Team: "web" } });
  expect(failures).toEqual([
    {
      property: "",
      reason:
        "rules[1] is a duplicate of rules[0], tcp 443 to 10.0.0.0/16, with a different description and different tags: keep one of the two",
    },
  ]);
});

test("tags compare by value", () => {
  const one = { ...RULE, tags: { Team: "web", Stage: "test" } };
  expect(Object.keys(setOf(one, { ...RULE, tags: { Stage: "test", Team: "web" } }))).toHaveLength(1);
});

describe("sets differ", () => {
  const rule = { ...RULE, description: "updates", tags: { Team: "web" } };

  test.each<[string, UnknownRecord[]]>([
    ["a rule more", [rule, { ...RULE, toPort: 444 }]],
    ["a rule less", []],
    ["another rule", [{ ...rule, toPort: 444 }]],
    ["a description", [{ ...rule, description: "other" }]],
    ["no description", [{ ...rule, description: undefined }]],
    ["a tag", [{ ...rule, tags: { Team: "ops" } }]],
    ["a tag more", [{ ...rule, tags: { Team: "web", Stage: "test" } }]],
    ["no tags", [{ ...rule, tags: undefined }]],
    ["what is not known yet", [{ ...rule, description: UNKNOWN }]],
    ["a rule that is not known yet", [{ ...rule, cidrIpv4: UNKNOWN }]],
  ])("by %s", (_, others) => {
    expect(setsDiffer(setOf(rule), setOf(...others))).toBe(true);
    expect(setsDiffer(setOf(...others), setOf(rule))).toBe(true);
  });

  test("not by the account of a group, whose key also finds a rule without the account", () => {
    const bare = { ...TO_NOWHERE, referencedSecurityGroupId: OTHER_GROUP };
    const full = { ...bare, referencedSecurityGroupOwnerId: ACCOUNT };
    expect(setsDiffer(setOf(bare), setOf(full))).toBe(false);
    expect(keysOf(setOf(full))(accepted(bare))).toBe(`tcp 443 to ${ACCOUNT}/${OTHER_GROUP}`);
    expect(keysOf(setOf(bare))(accepted(full))).toBe(`tcp 443 to ${OTHER_GROUP}`);
    expect(keysOf(setOf(bare))(accepted(RULE))).toBeUndefined();
  });
});
