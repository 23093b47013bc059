import fc from "fast-check";
import { MOST_IN_REQUEST } from "../../../provider/rule/plan/parts";
import { plan } from "../../../provider/rule/plan/plan";
import type { PlanStep, PresentRule, WantedRule } from "../../../provider/rule/plan/planStep";
import { makeRoom, type Room } from "../../../provider/rule/plan/room";
import { weights } from "./group";

const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };
const GROUP = "sg-0123456789abcdef0";
const FOR_ALL: Room = { quota: 100_000, others: new Map() };

function rule(number: number, tags: { [key: string]: string } = {}): WantedRule {
  const cidrIpv4 = `10.${number >> 8}.${number & 255}.0/24`;
  return {
    inputs: { securityGroupId: GROUP, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 },
    tags,
    weight: 1,
  };
}

const rules = (from: number, count: number, tags?: { [key: string]: string }) =>
  Array.from({ length: count }, (_, place) => rule(from + place, tags));
const present = (some: readonly WantedRule[]) =>
  some.map((one, place): PresentRule => ({ ...one, id: `sgr-${place}` }));

/** The action of each step, and its number of rules. */
function shape(steps: readonly PlanStep[]): string[] {
  return steps.map((step) => {
    const about = "rules" in step ? step.rules : "updates" in step ? step.updates : step.ids;
    return `${step.action} ${about.length}`;
  });
}

describe("the fewest requests", () => {
  test("one for each distinct set of tags, with keys in any order", () => {
    const tags = [{ a: "1", b: "2" }, { b: "2", a: "1" }, { a: "1" }, {}];
    const wanted = Array.from({ length: 40 }, (_, place) => rule(place, tags[place % tags.length]));
    expect(shape(plan(wanted, [], FOR_ALL))).toEqual(["authorize 20", "authorize 10", "authorize 10"]);
  });

  test("an oversized request of any kind is split", () => {
    const count = 2 * MOST_IN_REQUEST + 1;
    const parts = (action: string) => [`${action} 200`, `${action} 200`, `${action} 1`];
    expect(shape(plan(rules(0, count), [], FOR_ALL))).toEqual(parts("authorize"));
    expect(shape(plan([], present(rules(0, count)), FOR_ALL))).toEqual(parts("revoke"));
    expect(shape(plan(rules(0, count, { a: "1" }), present(rules(0, count)), FOR_ALL))).toEqual(
      parts("setTags"),
    );
    expect(shape(plan(rules(0, count), present(rules(0, count, { a: "1" })), FOR_ALL))).toEqual(
      parts("removeTags"),
    );
    const described = rules(0, count).map((one) => ({ ...one, inputs: { ...one.inputs, description: "x" } }));
    expect(shape(plan(described, present(rules(0, count)), FOR_ALL))).toEqual(parts("modify"));
  });

  test("descriptions, tags and removed tags change together, in that order", () => {
    const before = present(rules(0, 3, { Stage: "test" }));
    const wanted = rules(0, 3, { Team: "web" }).map((one) => ({
      ...one,
      inputs: { ...one.inputs, description: "updates" },
    }));
    expect(shape(plan(wanted, before, FOR_ALL))).toEqual(["modify 3", "setTags 3", "removeTags 3"]);
  });
});

describe("if the quota has room", () => {
  const roomFor = (quota: number, others = 0): Room => ({ quota, others: new Map([["IPv4", others]]) });

  test("for both, new rules come before old ones go, and none is modified", () => {
    const count = MOST_IN_REQUEST + 50;
    expect(shape(plan(rules(count, count), present(rules(0, count)), roomFor(2 * count)))).toEqual([
      "authorize 200",
      "authorize 50",
      "revoke 200",
      "revoke 50",
    ]);
  });

  test("for some, the rest are modified in one request", () => {
    const steps = plan(rules(10, 10), present(rules(0, 10)), roomFor(15, 1));
    expect(shape(steps)).toEqual(["authorize 4", "modify 6", "revoke 4"]);
  });

  test("for none, all are modified, even those with other tags", () => {
    const steps = plan(rules(10, 10, { Team: "web" }), present(rules(0, 10)), roomFor(10));
    expect(shape(steps)).toEqual(["modify 10", "setTags 10"]);
  });

  test("for none, and no rule can be modified, as few as needed go first", () => {
    const sixes = rules(0, 3).map(({ inputs: { cidrIpv4: _, ...inputs }, ...one }, place) => ({
      ...one,
      inputs: { ...inputs, cidrIpv6: "::/0", fromPort: place },
    }));
    const list: WantedRule = {
      inputs: { securityGroupId: GROUP, ipProtocol: "-1", prefixListId: "pl-0123456789abcdef0" },
      tags: {},
      weight: 2,
    };
    const steps = plan([list], present([...rules(0, 3), ...sixes]), { quota: 4, others: new Map() });
    expect(steps.map((step) => (step.action === "revoke" ? step.early : step.action))).toEqual([
      true,
      "authorize",
      false,
    ]);
    expect(shape(steps)).toEqual(["revoke 2", "authorize 1", "revoke 4"]);
  });
});

const kinds = [{ cidrIpv4: "10.0.0.0/8" }, { cidrIpv6: "::/0" }, { prefixListId: "pl-0123456789abcdef0" }];
const weighted: fc.Arbitrary<WantedRule> = fc
  .record({ kind: fc.constantFrom(...kinds), list: fc.integer({ min: 1, max: 6 }) })
  .map(({ kind, list }) => ({
    inputs: { securityGroupId: GROUP, ipProtocol: "-1", ...kind },
    tags: {},
    weight: "prefixListId" in kind ? list : 1,
  }));

test("no plan could remove fewer rules first: an exhaustive search over all choices", () => {
  fc.assert(
    fc.property(
      fc.array(weighted, { maxLength: 8 }),
      fc.array(weighted, { maxLength: 8 }),
      fc.nat(24),
      (some, added, quota) => {
        const removed = present(some);
        const { become, goFirst } = makeRoom({ quota, others: new Map() }, removed, added, removed);
        const [leaving, coming] = [
          removed.filter((one) => !become.some(({ before }) => before === one)),
          added.filter((one) => !become.some(({ after }) => after === one)),
        ];
        const fits = (gone: readonly PresentRule[]) => {
          const left = removed.filter((one) => !gone.includes(one));
          return [...weights([...left, ...coming]).values()].every((sum) => sum <= quota);
        };
        const choices = Array.from({ length: 2 ** leaving.length }, (_, choice) =>
          leaving.filter((_, place) => (choice >> place) % 2 === 1),
        );
        const least = Math.min(...choices.filter(fits).map(({ length }) => length));
        // If nothing is enough, everything that helps goes.
        if (Number.isFinite(least)) {
          expect(fits([...goFirst])).toBe(true);
          expect(goFirst.size).toBe(least);
        }
      },
    ),
    RUNS,
  );
});
