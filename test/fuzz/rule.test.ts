import { RevokeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import type { Failure } from "../../provider/rule/failure";
import type { UnknownRecord } from "../../provider/rule/record";
import type { RuleInputs } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import { type Checked, type Handler, handlerAt, make, refresh } from "../handlers/handler";
import { OLD_CLAIM, STACK } from "../handlers/place";
import { modelRule, twoModelRules } from "../rule/arbitraries";
import { isSameRule } from "../rule/modelRule";
import { spellingOf } from "../rule/spellings";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { halfKnown, type Known, placed, ruleArguments } from "./arguments";
import { besidesDiffer } from "./besides";
import { judge, sent } from "./judge";
import { literally } from "./literal";
import { configureRuns, RUNS } from "./runs";
import { stricterThanEc2 } from "./stricter";

configureRuns();

let handler: Handler;
let known: Known;

beforeAll(async () => {
  const { groupIds } = await endpoint.makeNetwork();
  // A group's initial rule may be one of the created rules.
  for (const GroupId of groupIds) {
    const ids = (await endpoint.rules(GroupId)).flatMap(({ SecurityGroupRuleId: id }) => id ?? []);
    const all = new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds: ids });
    await endpoint.client().send(all);
  }
  known = { groups: groupIds, lists: Object.values(await endpoint.prefixLists()) };
  handler = handlerAt(endpoint);
});

/** The answer of check for arguments as they arrive over the wire. */
const check = (args: UnknownRecord): Promise<Checked> => handler.check({}, onWire({ owner: STACK, ...args }));

function onWire(args: UnknownRecord): UnknownRecord {
  return JSON.parse(JSON.stringify(args));
}

strictly("check accepts what EC2 accepts, and refuses what EC2 refuses", async () => {
  const cases = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(ruleArguments, async (some) => {
      const args = onWire(placed(some, known));
      fc.pre(!JSON.stringify(args).includes(UNKNOWN));
      const raw = literally(args);
      const { inputs, failures } = await check(args);
      if (failures.length > 0) {
        for (const { property, reason } of failures) {
          expect(typeof property).toBe("string");
          expect(reason).toMatch(/\S/);
        }
        if (raw === undefined || failures.every(stricterThanEc2)) return;
        const verdict = await judge(endpoint.url, raw, raw);
        expect({ args, failures, verdict }).toMatchObject({ verdict: { code: expect.any(String) } });
        cases.refused++;
        return;
      }
      const ours = sent(inputs as unknown as RuleInputs, Object(inputs.tagsAll), OLD_CLAIM);
      const verdict = await judge(endpoint.url, ours, ours);
      // A nonexistent group or list can still be well-formed.
      fc.pre(typeof verdict === "string" || !verdict.code.endsWith(".NotFound"));
      expect({ args, inputs, verdict }).toMatchObject({ verdict: "same" });
      // If EC2 accepts the original form too, it is the same rule.
      const asSaid = raw && (await judge(endpoint.url, raw, ours));
      expect({ args, inputs, asSaid }).not.toMatchObject({ asSaid: "different" });
      cases.taken++;
    }),
  );
  // Neither side goes untested.
  expect(Math.min(cases.taken, cases.refused)).toBeGreaterThan(RUNS / 10);
});

test("unknown values never refuse a good rule", async () => {
  await fc.assert(
    fc.asyncProperty(
      ruleArguments.chain((args) => fc.tuple(fc.constant(args), halfKnown(args))),
      async ([args, part]) => {
        const [whole, before] = [await check(args), await check(part)];
        if (whole.failures.length > 0) return;
        // A port invalid for every protocol is refused, even while the protocol may turn out to have no ports.
        const isOfPort = ({ property }: Failure) =>
          part.ipProtocol === UNKNOWN && /^(from|to)Port$/.test(property);
        const failures = before.failures.filter((failure) => !isOfPort(failure));
        expect({ part, failures }).toMatchObject({ failures: [] });
      },
    ),
  );
});

const ID = "sgr-0123456789abcdef0";

/** The state of a rule created from checked inputs. */
function stateOf({ inputs: { adopt: _, ...inputs } }: Checked): UnknownRecord {
  return { ...inputs, securityGroupRuleId: ID, arn: "arn:", claim: OLD_CLAIM };
}

/** Two mostly similar rules, each in one of its spellings; half of the pairs share description and tags. */
const twoSpelledRules = fc
  .oneof(
    twoModelRules,
    modelRule.map((rule) => [rule, rule] as const),
  )
  .chain(([one, other]) =>
    fc
      .tuple(fc.constant({ one, other }), spellingOf(one), spellingOf(other), fc.boolean())
      .map(([rules, before, after, isAlike]) => {
        const { description, tags } = isAlike ? before : after;
        return [rules, before, { ...after, description, tags }] as const;
      }),
  );

test("a diff shows a change exactly if rule, description or tags differ, and replaces only another rule", async () => {
  const cases = { same: 0, other: 0 };
  await fc.assert(
    fc.asyncProperty(twoSpelledRules, async ([{ one, other }, before, after]) => {
      const [olds, news] = [await check(before), await check(after)];
      const { changes, replaces } = await handler.diff(ID, stateOf(olds), news.inputs);
      const isReplaced = !isSameRule(one, other);
      const isOther = isReplaced || besidesDiffer(before, after);
      expect({ before, after, changes }).toMatchObject({ changes: isOther });
      expect({ before, after, isReplaced: replaces.length > 0 }).toMatchObject({ isReplaced });
      cases[isOther ? "other" : "same"]++;
    }),
  );
  expect(Math.min(cases.same, cases.other)).toBeGreaterThan(RUNS / 100);
});

test("a diff of unknown values shows a change, or throws nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      twoSpelledRules.chain(([, before, after]) => fc.tuple(fc.constant(before), halfKnown(after))),
      async ([before, after]) => {
        const [olds, news] = [await check(before), await check(after)];
        fc.pre(news.failures.length === 0);
        await handler.diff(ID, stateOf(olds), news.inputs);
      },
    ),
  );
});

/** With one description and the same tags. */
const ruleInTwoSpellings = modelRule.chain((rule) =>
  fc.tuple(spellingOf(rule), spellingOf(rule)).map(([one, other]) => {
    const { description, tags } = one;
    return [withoutAccount(one), withoutAccount({ ...other, description, tags })] as const;
  }),
);

/** With an account, the group need not exist; without one, the account is the group's own. */
function withoutAccount({ referencedSecurityGroupOwnerId: _, ...args }: UnknownRecord): UnknownRecord {
  const { referencedSecurityGroupId: group } = args;
  return typeof group === "string"
    ? { ...args, referencedSecurityGroupId: group.replace(/^\d+\//, "") }
    : args;
}

strictly("a created rule is the same in every spelling, even after a refresh", async () => {
  await fc.assert(
    fc.asyncProperty(ruleInTwoSpellings, async ([one, other]) => {
      const [args, again] = [one, other].map((some) => ({ ...onWire(placed(some, known)), owner: STACK }));
      const [made, news] = [await make(handler, args ?? {}), await check(again ?? {})];
      try {
        expect(await handler.diff(made.id, made.outs, news.inputs)).toEqual({ changes: false, replaces: [] });
        const read = await refresh(handler, made);
        expect(await handler.diff(made.id, read?.outs ?? {}, news.inputs)).toEqual({
          changes: false,
          replaces: [],
        });
      } finally {
        await handlerAt(endpoint).delete(made.id, made.outs);
      }
    }),
    { numRuns: Math.ceil(RUNS / 25) },
  );
});
