import type { IpPermission } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { authorizeCommand } from "../../provider/ec2/commands";
import { identityChange } from "../../provider/rule/change";
import { identity } from "../../provider/rule/identity";
import { parse } from "../../provider/rule/parse";
import { type RuleInputs, ruleOf } from "../../provider/rule/rule";
import { configureRuns } from "../fuzz/runs";
import {
  anything,
  halfKnownSpelling,
  mixedArguments,
  modelRule,
  spelledRule,
  twoModelRules,
} from "./arbitraries";
import { canonicalForm, isSameRule } from "./modelRule";
import { accepted, DESTINATIONS } from "./reading";
import { spellingOf } from "./spellings";

configureRuns(1000);

/** A rule in two spellings. */
const twoSpellings = modelRule.chain((rule) => fc.tuple(spellingOf(rule), spellingOf(rule)));

/** Two mostly similar rules, each in its own spelling. */
const twoSpelledRules = twoModelRules.chain(([one, other]) =>
  fc.tuple(fc.constant({ one, other }), spellingOf(one), spellingOf(other)),
);

const OF_IDENTITY = ["securityGroupId", "ipProtocol", "fromPort", "toPort", ...Object.keys(DESTINATIONS)];

const identityOf = (args: unknown) => identity(ruleOf(accepted(args)));

test("every spelling becomes the form that EC2 returns, with no part undefined", () => {
  fc.assert(
    fc.property(spelledRule, ([rule, args]) => {
      const inputs = accepted(args);
      expect(hasUndefined(inputs)).toBe(false);
      const { description: _, tags: __, referencedSecurityGroupOwnerId: ___, ...rest } = inputs;
      expect(rest).toStrictEqual(canonicalForm(rule));
    }),
  );
});

test("the canonical form of a canonical form is itself", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        spelledRule.map(([, args]) => args),
        halfKnownSpelling,
      ),
      (args) => {
        const once = accepted(args);
        expect(accepted(once)).toStrictEqual(once);
      },
    ),
  );
});

test("two spellings of a rule have one identity", () => {
  fc.assert(
    fc.property(twoSpellings, ([one, other]) => {
      expect(identityOf(one)).toBe(identityOf(other));
    }),
  );
});

test("two rules share an identity exactly if EC2 calls them the same", () => {
  fc.assert(
    fc.property(twoSpelledRules, ([{ one, other }, spelling, otherSpelling]) => {
      expect(identityOf(spelling) === identityOf(otherSpelling)).toBe(isSameRule(one, other));
    }),
  );
});

test("a rule is replaced exactly if its identity changes, and the changed properties are named", () => {
  fc.assert(
    fc.property(twoSpelledRules, ([{ one, other }, olds, news]) => {
      const [before, after] = [canonicalForm(one), canonicalForm(other)];
      const differs = OF_IDENTITY.filter((property) => before[property] !== after[property]);
      expect(differs.length > 0).toBe(!isSameRule(one, other));
      expect(identityChange(accepted(olds), accepted(news)).sort()).toEqual(differs.sort());
    }),
  );
});

test("unknown values pass", () => {
  fc.assert(
    fc.property(halfKnownSpelling, (args) => {
      expect(parse(args)).toHaveProperty("inputs");
    }),
  );
});

test("any input is either parsed or refused with a reason for each property", () => {
  fc.assert(
    fc.property(anything, (args) => {
      const parsed = parse(args);
      if ("inputs" in parsed) {
        expect(Object.keys(parsed)).toEqual(["inputs"]);
        expect(hasUndefined(parsed.inputs)).toBe(false);
      } else {
        expect(Object.keys(parsed)).toEqual(["failures"]);
        expect(parsed.failures).not.toEqual([]);
        for (const { property, reason } of parsed.failures) {
          expect(typeof property).toBe("string");
          expect(reason).toMatch(/\S/);
          expect(reason).not.toMatch(/\[native code\]/);
        }
      }
    }),
  );
});

test("a parsed rule asks EC2 for exactly one destination", () => {
  let rules = 0;
  let others = 0;
  fc.assert(
    fc.property(mixedArguments, (args) => {
      const parsed = parse(args);
      if ("failures" in parsed) {
        others++;
        return;
      }
      rules++;
      expect(destinationsOf(parsed.inputs)).toHaveLength(1);
    }),
  );
  // Neither side goes untested.
  expect(rules).toBeGreaterThan(0);
  expect(others).toBeGreaterThan(0);
});

test("a parsed rule asks EC2 for both ports, or for all by -1", () => {
  fc.assert(
    fc.property(spelledRule, ([rule, args]) => {
      const [permission] = permissionsOf(accepted(args));
      expect([permission?.FromPort, permission?.ToPort]).toEqual(rule.ports ?? [-1, -1]);
    }),
  );
});

/** Every destination in every permission of a rule's request. */
function destinationsOf(inputs: RuleInputs): object[] {
  return permissionsOf(inputs).flatMap(({ IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }) =>
    [IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs].flatMap((list) => list ?? []),
  );
}

function permissionsOf(inputs: RuleInputs): readonly IpPermission[] {
  return authorizeCommand("sg-0", [inputs], {}).input.IpPermissions ?? [];
}

function hasUndefined(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === undefined;
  return Object.values(value).some(hasUndefined);
}
