import fc from "fast-check";
import { plan } from "../../../provider/rule/plan/plan";
import type { PlanStep, PresentRule, RuleUpdate, WantedRule } from "../../../provider/rule/plan/planStep";
import { contains, reachOf } from "../../../provider/rule/reach";
import { type RuleInputs, ruleOf } from "../../../provider/rule/rule";
import { afterStep, contentOf, identityOf, type ModelGroup, weights } from "./group";

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };
const GROUP = "sg-0123456789abcdef0";

// Few values, so that rules are often similar.
const destination: fc.Arbitrary<Partial<RuleInputs>> = fc.oneof(
  fc.constantFrom("10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "0.0.0.0/0").map((cidrIpv4) => ({ cidrIpv4 })),
  fc.constantFrom("::/0", "2001:db8::/32").map((cidrIpv6) => ({ cidrIpv6 })),
  fc.constantFrom("pl-0123456789abcdef0", "pl-0123456789abcdef1").map((prefixListId) => ({ prefixListId })),
  fc
    .constantFrom("sg-0123456789abcdef1", "sg-0123456789abcdef2")
    .map((referencedSecurityGroupId) => ({ referencedSecurityGroupId })),
);
const traffic = fc.oneof(
  fc.constant({ ipProtocol: "-1" }),
  fc
    .record({ ipProtocol: fc.constantFrom("tcp", "udp"), from: fc.constantFrom(80, 443), more: fc.nat(2) })
    .map(({ ipProtocol, from, more }) => ({ ipProtocol, fromPort: from, toPort: from + more })),
);
const description = fc.constantFrom({}, { description: "one" }, { description: "other" });
const tags = fc.constantFrom<{ [key: string]: string }>({}, { owner: "a" }, { owner: "a", Team: "web" });
const WEIGHTS: { readonly [list: string]: number } = { "pl-0123456789abcdef1": 5 };

const wantedRule: fc.Arbitrary<WantedRule> = fc
  .tuple(destination, traffic, description, tags)
  .map(([to, what, why, tags]) => {
    const inputs = { securityGroupId: GROUP, ...what, ...to, ...why };
    return { inputs, tags, weight: WEIGHTS[to.prefixListId ?? ""] ?? 1 };
  });
const ruleSet = (maxLength: number) => fc.uniqueArray(wantedRule, { selector: identityOf, maxLength });
const presentRules = ruleSet(14).map((rules) =>
  rules.map((rule, place) => ({ ...rule, id: `sgr-${place}` })),
);

/** A group with own rules and others' rules, and the wanted rules. */
const situation = fc
  .record({ wanted: ruleSet(14), present: presentRules, strangers: ruleSet(4), spare: fc.nat(10) })
  .map(({ wanted, present, strangers, spare }) => {
    const ours = new Set([...wanted, ...present].map(identityOf));
    const others = strangers
      .filter((rule) => !ours.has(identityOf(rule)))
      .map((rule, place) => ({ ...rule, id: `sgr-other-${place}` }));
    const fits = (rules: readonly WantedRule[]) => Math.max(0, ...weights([...rules, ...others]).values());
    return { wanted, present, others, quota: Math.max(fits(wanted), fits(present)) + spare };
  });

interface Situation {
  readonly wanted: readonly WantedRule[];
  readonly present: readonly PresentRule[];
  readonly others: readonly PresentRule[];
  readonly quota: number;
}

function planOf({ wanted, present, others, quota }: Situation): readonly PlanStep[] {
  return plan(wanted, present, { quota, others: weights(others) });
}

/** The group at each stage, from before the first step to after the last. */
function history(situation: Situation): ModelGroup[] {
  const { present, others, quota } = situation;
  const states: ModelGroup[] = [{ rules: [...present, ...others], quota }];
  for (const step of planOf(situation)) states.push(afterStep(lastOf(states), step));
  return states;
}

function lastOf<T>(items: readonly T[]): T {
  const last = items.at(-1);
  if (last === undefined) throw new Error("nothing");
  return last;
}

test("a plan reaches its goal, leaves other rules alone, and EC2 refuses none of its steps", () => {
  fc.assert(
    fc.property(situation, (situation) => {
      const { rules } = lastOf(history(situation));
      const ours = rules.filter(({ id }) => !id.startsWith("sgr-other"));
      expect(contentOf(ours)).toEqual(contentOf(situation.wanted));
      expect(rules.filter(({ id }) => id.startsWith("sgr-other"))).toEqual(situation.others);
    }),
    RUNS,
  );
});

test("planning again gives nothing", () => {
  fc.assert(
    fc.property(situation, (situation) => {
      const { rules } = lastOf(history(situation));
      const present = rules.filter(({ id }) => !id.startsWith("sgr-other"));
      expect(planOf({ ...situation, present })).toEqual([]);
    }),
    RUNS,
  );
});

test("traffic allowed before and after stays allowed throughout, if the quota has room", () => {
  fc.assert(
    fc.property(situation, (situation) => {
      const states = history({ ...situation, quota: 1000 });
      const [before, after] = [reaches(states[0]), reaches(lastOf(states))];
      const always = before.filter((reach) => after.some((other) => contains(other, reach)));
      for (const state of states) {
        const now = reaches(state);
        for (const reach of always) expect(now.some((other) => contains(other, reach))).toBe(true);
      }
    }),
    RUNS,
  );
});

function reaches(group: ModelGroup | undefined) {
  return (group?.rules ?? []).flatMap(({ inputs }) => reachOf(ruleOf(inputs)) ?? []);
}

test("rules go first only if there is no room, and only as many as needed", () => {
  fc.assert(
    fc.property(situation, (situation) => {
      const early = planOf(situation).flatMap((step) =>
        step.action === "revoke" && step.early ? step.ids : [],
      );
      if (early.length === 0) return;
      // If one rule fewer went, the new rules would not fit.
      for (const spared of early) {
        const gone = early.filter((id) => id !== spared);
        const steps = planOf(situation).flatMap((step): PlanStep[] =>
          step.action === "revoke" && step.early
            ? gone.length === 0
              ? []
              : [{ ...step, ids: gone }]
            : [step],
        );
        const { present, others, quota } = situation;
        const run = () => steps.reduce(afterStep, { rules: [...present, ...others], quota });
        expect(run).toThrow("RulesPerSecurityGroupLimitExceeded");
      }
    }),
    RUNS,
  );
});

test("a rule is modified only if there is no room for both", () => {
  let becoming = 0;
  fc.assert(
    fc.property(situation, (situation) => {
      const { wanted, present, others, quota } = situation;
      const steps = planOf(situation);
      if (steps.some((step) => step.action === "revoke" && step.early)) return;
      const before = new Map(present.map((rule) => [rule.id, rule]));
      const updates = steps.flatMap((step) => (step.action === "modify" ? step.updates : []));
      const isAnother = ({ id, inputs }: RuleUpdate) => {
        const rule = before.get(id);
        return rule === undefined || identityOf(rule) !== identityOf({ ...rule, inputs });
      };
      const made = steps.flatMap((step) => (step.action === "authorize" ? step.rules : []));
      for (const { inputs } of updates.filter(isAnother)) {
        becoming++;
        const beside = wanted.filter((rule) => rule.inputs === inputs);
        const all = weights([...present, ...others, ...made, ...beside]);
        expect(Math.max(...all.values())).toBeGreaterThan(quota);
      }
    }),
    RUNS,
  );
  expect(becoming).toBeGreaterThan(0);
});
