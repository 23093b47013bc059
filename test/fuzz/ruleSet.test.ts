import fc from "fast-check";
import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import { UNKNOWN } from "../../provider/rule/unknown";
import { handlerOf } from "../handlers/handler";
import { OLD_CLAIM, STACK } from "../handlers/place";
import { modelRule } from "../rule/arbitraries";
import { isSameRule, type ModelRule } from "../rule/modelRule";
import { spellingOf } from "../rule/spellings";
import { halfKnown, ruleArguments } from "./arguments";
import { besidesDiffer } from "./besides";
import { configureRuns, RUNS } from "./runs";

configureRuns();

const CONFIG = { "aws:region": "us-east-1" };
const GROUP = "sg-0123456789abcdef0";

/** What state holds beside the inputs of a created set. */
function made({ rules }: UnknownRecord) {
  const keys = isRecord(rules) ? Object.keys(rules) : [];
  return { ruleIds: Object.fromEntries(keys.map((key, place) => [key, `sgr-${place}`])), claim: OLD_CLAIM };
}

const sets = handlerOf(CONFIG, makeEgressRuleSet());
const rules = handlerOf(CONFIG);

const onWire = (value: UnknownRecord): UnknownRecord => JSON.parse(JSON.stringify(value));
const checkSet = (some: readonly unknown[], more: UnknownRecord = {}) =>
  sets.check({}, onWire({ securityGroupId: GROUP, owner: STACK, rules: some, ...more }));

const withoutGroup = ({ securityGroupId: _, ...args }: UnknownRecord) => args;
const setRule = ruleArguments.map(withoutGroup);

/** A set words errors of its rules differently from a single rule. */
const OF_ALL = /is a duplicate of|would exceed its quota/;

test("a set accepts each rule that a rule's own check accepts, and refuses the others by position", async () => {
  const cases = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(setRule, { maxLength: 4 }), async (some) => {
      const { failures } = await checkSet(some);
      const reasons = failures.map(({ reason }) => reason).filter((reason) => !OF_ALL.test(reason));
      for (const [place, args] of some.entries()) {
        // Reported once for the whole set, and refused in each rule.
        fc.pre(args.region === undefined && args.adopt === undefined && args.silence === undefined);
        const alone = await rules.check({}, onWire({ ...args, securityGroupId: GROUP, owner: STACK }));
        const isNamed = reasons.some((reason) => reason.startsWith(`rules[${place}]`));
        expect({ args, reasons, isNamed }).toMatchObject({ isNamed: alone.failures.length > 0 });
        cases[isNamed ? "refused" : "taken"]++;
      }
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
  expect(Math.min(cases.taken, cases.refused)).toBeGreaterThan(RUNS / 50);
});

test("any arguments of a set are accepted or refused with a reason, and unknown ones pass", async () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constant(UNKNOWN),
    fc.constantFrom(true, "true", null),
  );
  const more = fc.record(
    {
      exclusive: value,
      onDestroy: value,
      adopt: value,
      region: value,
      rules: value,
      securityGroupId: value,
      extra: value,
    },
    { requiredKeys: [] },
  );
  const partly = setRule.chain((args) => fc.oneof(fc.constant(args), halfKnown(args), fc.constant(UNKNOWN)));
  await fc.assert(
    fc.asyncProperty(fc.array(partly, { maxLength: 3 }), more, async (some, others) => {
      const { inputs, failures } = await checkSet(some, others);
      for (const { property, reason } of failures) {
        expect(typeof property).toBe("string");
        expect(reason).toMatch(/\S/);
      }
      if (failures.length === 0) await sets.diff(GROUP, { ...inputs, ...made(inputs) }, inputs);
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});

/** Distinct rules, and two ways to write all of them. */
const twoSpelledSets = fc
  .uniqueArray(modelRule, {
    maxLength: 5,
    comparator: (one, other) => isSameRule(inGroup(one), inGroup(other)),
  })
  .chain((models) =>
    fc.record({
      before: fc.tuple(...models.map(spellingOf)),
      after: fc
        .tuple(...models.map(spellingOf))
        .chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
      without: fc.option(fc.nat(4), { freq: 2 }),
    }),
  );

function inGroup(model: ModelRule): ModelRule {
  return { ...model, group: GROUP };
}

test("a set differs exactly if one of its rules differs or is missing", async () => {
  const cases = { same: 0, other: 0 };
  await fc.assert(
    fc.asyncProperty(twoSpelledSets, async ({ before, without }) => {
      // The same rules in another order; one may be missing or have another description.
      const olds = await checkSet(before.map(withoutGroup));
      const changed = before.flatMap((args, place) => {
        if (place !== without) return [args];
        return place % 2 === 0 ? [] : [{ ...args, description: "another" }];
      });
      const news = await checkSet([...changed].reverse().map(withoutGroup));
      fc.pre(olds.failures.length === 0 && news.failures.length === 0);
      const isOther =
        changed.length !== before.length ||
        changed.some((args, place) => besidesDiffer(args, before[place] ?? {}));
      const { changes } = await sets.diff(GROUP, { ...olds.inputs, ...made(olds.inputs) }, news.inputs);
      expect({ before, changed, changes }).toMatchObject({ changes: isOther });
      cases[isOther ? "other" : "same"]++;
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
  expect(Math.min(cases.same, cases.other)).toBeGreaterThan(RUNS / 200);
});

test("another spelling of every rule is the same set", async () => {
  await fc.assert(
    fc.asyncProperty(twoSpelledSets, async ({ before, after }) => {
      const bare = ({ description: _, tags: __, ...args }: UnknownRecord) => withoutGroup(args);
      const [olds, news] = [await checkSet(before.map(bare)), await checkSet(after.map(bare))];
      expect(news.failures).toEqual([]);
      expect(await sets.diff(GROUP, { ...olds.inputs, ...made(olds.inputs) }, news.inputs)).toEqual({
        changes: false,
        replaces: [],
      });
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});
