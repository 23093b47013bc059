import fc from "fast-check";
import { MOST_IN_REQUEST, plan } from "../../../provider/rule/plan/plan";
import type { PlanStep, PresentRule, WantedRule } from "../../../provider/rule/plan/planStep";
import { mustGoFirst, type Room } from "../../../provider/rule/plan/room";
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

/** The action of each step, and how many rules it is about. */
function shape(steps: readonly PlanStep[]): string[] {
  return steps.map((step) => {
    const about = "rules" in step ? step.rules : "updates" in step ? step.updates : step.ids;
    return `${step.action} ${about.length}`;
  });
}

describe("the fewest requests", () => {
  test("one for each distinct set of tags, in whatever order their keys are", () => {
    const tags = [{ a: "1", b: "2" }, { b: "2", a: "1" }, { a: "1" }, {}];
    const wanted = Array.from({ length: 40 }, (_, place) => rule(place, tags[place % tags.length]));
    expect(shape(plan(wanted, [], FOR_ALL))).toEqual(["authorize 20", "authorize 10", "authorize 10"]);
  });

  test("what is too much for one is split, of every kind", () => {
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
    expect(shape(plan(described, present(rules(0, count)), FOR_ALL))).toEqual(parts("describe"));
  });

  test("rules become others in one request only; the rest come and go", () => {
    const count = MOST_IN_REQUEST + 50;
    expect(shape(plan(rules(count, count), present(rules(0, count)), FOR_ALL))).toEqual([
      "authorize 50",
      "modify 200",
      "revoke 50",
    ]);
  });

  test("the closest becomes the other: to the same destination, then of the same ports", () => {
    const ofPort = (number: number, port: number): WantedRule => {
      const { inputs, ...more } = rule(number);
      return { ...more, inputs: { ...inputs, fromPort: port, toPort: port } };
    };
    const before = present([ofPort(1, 1), ofPort(2, 2), ofPort(3, 3)]);
    const steps = plan([ofPort(3, 9), ofPort(9, 1), ofPort(8, 8)], before, FOR_ALL);
    const updates = steps.flatMap((step) => (step.action === "modify" ? step.updates : []));
    expect(updates.map(({ id, inputs }) => [id, inputs.cidrIpv4, inputs.fromPort])).toEqual([
      ["sgr-2", "10.0.3.0/24", 9],
      ["sgr-0", "10.0.9.0/24", 1],
      ["sgr-1", "10.0.8.0/24", 8],
    ]);
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

test("no fewer rules could go first: counted out over all choices", () => {
  fc.assert(
    fc.property(
      fc.array(weighted, { maxLength: 8 }),
      fc.array(weighted, { maxLength: 8 }),
      fc.nat(24),
      (some, added, quota) => {
        const removed = present(some);
        const fits = (gone: readonly PresentRule[]) => {
          const left = removed.filter((one) => !gone.includes(one));
          return [...weights([...left, ...added]).values()].every((sum) => sum <= quota);
        };
        const choices = Array.from({ length: 2 ** removed.length }, (_, choice) =>
          removed.filter((_, place) => (choice >> place) % 2 === 1),
        );
        const least = Math.min(...choices.filter(fits).map(({ length }) => length));
        const first = mustGoFirst({ quota, others: new Map() }, removed, added, removed);
        // Where nothing is enough, all that helps goes.
        if (Number.isFinite(least)) {
          expect(fits([...first])).toBe(true);
          expect(first.size).toBe(least);
        }
      },
    ),
    RUNS,
  );
});
