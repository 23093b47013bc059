import { MODIFY, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { type Props, recorded } from "../handler";
import { clear, STACK } from "../place";
import { place, said } from "./newSet";
import { DEFAULT_RULE, lines, many, set, to } from "./sets";
import { type How, type Program, type Stack, type Up, upAll } from "./ups";

// Rules that move between resources of a stack: none of them is revoked or created again.

beforeEach(() => clear(place));

/** A run's lines about rules that a delete leaves. */
const left = (): string[] => said.mock.calls.flat().filter((text) => text.startsWith("rule "));
const leftOf = (ids: readonly string[], why: string) =>
  ids.map((id) => `rule ${id} on ${place.group} is left in place: ${why}`).sort();
const HAS_IT = "another resource of this program has it now";

/** The ids of the group's rules, by port and destination. */
async function ids(): Promise<{ [rule: string]: string }> {
  const rules = await place.rules();
  return Object.fromEntries(
    rules.map(({ fromPort, cidrIpv4, securityGroupRuleId }) => [
      `${fromPort} ${cidrIpv4}`,
      securityGroupRuleId,
    ]),
  );
}

/** The ids that the stack's resources hold: each rule has one holder. */
const idsIn = (stack: Stack): unknown[] =>
  [...stack.values()].flatMap(({ id, outs }) =>
    "ruleIds" in outs ? Object.values(Object(outs.ruleIds)) : [id],
  );

async function made(program: Program): Promise<Stack> {
  const { stack, errors } = await upAll(endpoint, new Map(), program);
  expect(errors).toEqual([]);
  said.mockClear();
  return stack;
}

describe.each<[string, Props]>([
  ["with claims", { owner: STACK }],
  ["without claims, with adopt: true", { owner: null, adopt: true }],
])("%s, nothing is revoked or recreated if", (_, ownership) => {
  const aSet = (rules: Props[], more: Props = {}) => set(place, rules, { ...ownership, ...more });
  const single = (rule: Props) => ({ securityGroupId: place.group, ...rule, ...ownership });
  const [one, two, three] = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8"), to(3, "10.0.0.0/8")];
  const singles = () => ({ one: single(one), two: single(two) });

  /** Goes up without an error, and each rule keeps its id: none is modified, added or revoked. */
  async function expectToMove(stack: Stack, program: Program, how?: How): Promise<Up> {
    const before = await ids();
    const { result, actions } = await recorded(endpoint, () => upAll(endpoint, stack, program, how));
    expect(result.errors).toEqual([]);
    expect(actions).not.toContain(REVOKE);
    expect(actions).not.toContain(MODIFY);
    expect(await ids()).toEqual(before);
    expect(idsIn(result.stack).sort()).toEqual(Object.values(before).sort());
    // The run has recorded what EC2 has: nothing is left to do.
    const again = await recorded(endpoint, () => upAll(endpoint, result.stack, program));
    expect(again.result.errors).toEqual([]);
    expect(again.actions).toEqual([]);
    return result;
  }

  test.each<[string, Props]>([
    ["a set", {}],
    ["an exclusive set", { exclusive: true }],
  ])("single rules move into %s, and back", async (_, kind) => {
    const stack = await made(singles());
    const own = idsIn(stack).map(String);
    const { stack: moved } = await expectToMove(stack, { all: aSet([one, two], kind) });
    expect(left().sort()).toEqual(leftOf(own, HAS_IT));
    said.mockClear();
    const { stack: back } = await expectToMove(moved, singles());
    expect(left().sort()).toEqual(leftOf(own, HAS_IT));
    await upAll(endpoint, back, {});
    expect(await lines(place)).toEqual([]);
  });

  test("a single rule moves into an existing set, and back", async () => {
    const stack = await made({ one: single(one), all: aSet([two, three]) });
    const { stack: moved } = await expectToMove(stack, { all: aSet([one, two, three]) });
    expect(left()).toEqual(leftOf([String(stack.get("one")?.id)], HAS_IT));
    said.mockClear();
    await expectToMove(moved, { one: single(one), all: aSet([two, three]) });
    expect(left()).toEqual(leftOf([String(stack.get("one")?.id)], HAS_IT));
  });

  test.each([
    ["before", { all: [two], other: [one, three] }, "this program declares it"],
    ["after", { other: [one, three], all: [two] }, HAS_IT],
  ])("a rule moves between two sets, and the old one is updated %s the new one", async (_, news, why) => {
    const stack = await made({ all: aSet([one, two]), other: aSet([three]) });
    const program = Object.fromEntries(Object.entries(news).map(([name, rules]) => [name, aSet(rules)]));
    const [moved] = await place
      .rules()
      .then((rules) => rules.filter(({ fromPort }) => fromPort === one.fromPort));
    await expectToMove(stack, program);
    expect(left()).toEqual(leftOf([moved?.securityGroupRuleId ?? ""], why));
  });

  test("two sets swap groups", async () => {
    const stack = await made({ all: aSet([one]), other: aSet([two, three]) });
    await expectToMove(stack, { all: aSet([two, three]), other: aSet([one]) });
  });

  test.each<[string, Props]>([
    ["a set", {}],
    ["an exclusive set", { exclusive: true }],
    ["an exclusive set that restores the default rule", { exclusive: true, onDestroy: "restoreDefault" }],
  ])("%s is renamed or replaced", async (_, kind) => {
    const stack = await made({ all: aSet(many(2), kind) });
    const own = idsIn(stack).map(String);
    const { stack: renamed } = await expectToMove(stack, { renamed: aSet(many(2), kind) });
    expect(left().sort()).toEqual(leftOf(own, HAS_IT));
    said.mockClear();
    const { stack: replaced } = await expectToMove(
      renamed,
      { renamed: aSet(many(2), kind) },
      { replace: ["renamed"] },
    );
    expect(left().sort()).toEqual(leftOf(own, HAS_IT));
    expect(replaced.size).toBe(1);
    await upAll(endpoint, replaced, {});
    expect(await lines(place)).toEqual(kind.onDestroy ? [DEFAULT_RULE] : []);
  });
});
