import { endpoint } from "../../world";
import { checked, errorOf, type Handler, make, type Props, type Resource } from "../handler";
import { makePlace, OWNER, type Place } from "../place";
import { type MishapProxy, startProxy } from "../proxy";
import { bothAt, DEFAULT_RULE, lines, many, set, setsAt, to } from "./sets";

let proxy: MishapProxy;
let place: Place;
let said: jest.SpyInstance;
/** The rules of the group after each call that EC2 has carried out, without their marks. */
let history: string[][];

beforeAll(async () => {
  proxy = await startProxy(endpoint.url, async () => {
    history.push((await lines(place)).map(withoutMark));
  });
});
afterAll(async () => {
  await proxy.stop();
});
beforeEach(async () => {
  place = await makePlace(endpoint);
  history = [];
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => said.mockRestore());

const toldOfDeletes = () => said.mock.calls.flat().filter((text) => !text.includes("takes away"));

const withoutMark = (line: string) => line.replace(/ by .*/, "");

/** The first of a run's creations ends before the last deletion begins, as in the engine. */
async function upWith(
  created: readonly (readonly [Handler, Props])[],
  deleted: readonly (readonly [Handler, Resource])[],
): Promise<Resource[]> {
  const made: Resource[] = [];
  for (const [handler, args] of created) made.push(await make(handler, args));
  await Promise.all(deleted.map(([handler, { id, outs }]) => handler.delete(id, outs)));
  return made;
}

/** That rules were there after each call of the run, and are at its end. */
async function expectNeverGone(...rules: string[]): Promise<void> {
  expect(history.length).toBeGreaterThan(0);
  for (const now of [...history, (await lines(place)).map(withoutMark)]) {
    expect(now).toEqual(expect.arrayContaining(rules));
  }
}

const RULES = ["443 10.0.0.0/24", "443 10.0.1.0/24"];

/** Ownership on and off; what goes by no mark has to be adopted. */
const OWNERSHIP: readonly (readonly [string, Props, Props])[] = [
  ["with marks", { owner: OWNER }, { owner: "shop/test/renamed" }],
  ["without marks", { owner: null }, { owner: null }],
];

describe.each(OWNERSHIP)("%s", (_, own, renamed) => {
  const adopt = own.owner === null ? { adopt: true } : {};

  describe.each<[string, Props]>([
    ["a set", {}],
    ["an exclusive set", { exclusive: true }],
    ["an exclusive set that gives the default rule back", { exclusive: true, onDestroy: "restoreDefault" }],
  ])("%s", (_, kind) => {
    const rest = kind.exclusive ? [] : [DEFAULT_RULE];

    test("that is replaced by force loses no rule, and is deleted whole later", async () => {
      const before = await make(setsAt(endpoint), set(place, many(3), { ...kind, ...own }));
      const { sets } = bothAt(proxy);
      const args = set(place, many(2), { ...kind, ...own, ...adopt });
      const [after] = await upWith([[sets, args]], [[sets, before]]);
      await expectNeverGone(...RULES);
      expect((await lines(place)).map(withoutMark)).toEqual([...RULES, ...rest]);
      await setsAt(endpoint).delete(place.group, after?.outs ?? {});
      const last = kind.onDestroy ? [DEFAULT_RULE] : rest;
      expect((await lines(place)).map(withoutMark)).toEqual(last);
    });

    test("that is renamed loses no rule", async () => {
      const before = await make(setsAt(endpoint), set(place, many(2), { ...kind, ...own }));
      const { sets } = bothAt(proxy);
      await upWith([[sets, set(place, many(2), { ...kind, ...renamed, adopt: true })]], [[sets, before]]);
      await expectNeverGone(...RULES);
      expect((await lines(place)).map(withoutMark)).toEqual([...RULES, ...rest]);
      expect(toldOfDeletes()).toEqual([]);
    });

    test("takes the place of single rules, and none is missing at any time", async () => {
      const single = (rule: Props, owner: unknown) => ({ securityGroupId: place.group, ...rule, owner });
      const { rules: before } = bothAt(endpoint);
      const [one = {}, two = {}, three = {}] = many(3);
      const olds = [
        await make(before, single(one, own.owner && "shop/test/one")),
        await make(before, single(two, own.owner && "shop/test/two")),
        await make(before, single(three, own.owner && "shop/test/three")),
      ];
      const { sets, rules } = bothAt(proxy);
      const args = set(place, many(2), { ...kind, ...own, adopt: true });
      await upWith(
        [[sets, args]],
        olds.map((old) => [rules, old] as const),
      );
      await expectNeverGone(...RULES);
      expect((await lines(place)).map(withoutMark)).toEqual([...RULES, ...rest]);
    });

    test("gives way to single rules, and none is missing at any time", async () => {
      const before = await make(setsAt(endpoint), set(place, many(3), { ...kind, ...own }));
      const { sets, rules } = bothAt(proxy);
      const singles = many(2).map((rule, number) => ({
        securityGroupId: place.group,
        ...rule,
        adopt: true,
        owner: own.owner && `shop/test/rule-${number}`,
      }));
      await upWith(
        singles.map((args) => [rules, args] as const),
        [[sets, before]],
      );
      await expectNeverGone(...RULES);
      expect((await lines(place)).map(withoutMark)).toEqual([...RULES, ...rest]);
    });
  });
});

describe("a set that was replaced in a run that was cut off, and whose former self goes in the next", () => {
  test("keeps its rules and stays locked, by the marks alone", async () => {
    const kind = { exclusive: true, onDestroy: "restoreDefault" };
    const before = await make(setsAt(endpoint), set(place, many(2), kind));
    const after = await make(setsAt(endpoint), set(place, many(2), kind));
    const next = setsAt(endpoint);
    await next.diff(after.id, after.outs, await checked(next, set(place, many(2), kind), after.inputs));
    await next.delete(before.id, before.outs);
    expect((await lines(place)).map(withoutMark)).toEqual(RULES);
    expect(toldOfDeletes()).toEqual([]);
    await setsAt(endpoint).delete(after.id, after.outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });
});

test("a set goes with its rules, where a replacement was cut off before any state of it was written", async () => {
  const before = await make(setsAt(endpoint), set(place, many(2)));
  await make(setsAt(endpoint), set(place, many(2)));
  await setsAt(endpoint).delete(before.id, before.outs);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
});

test("an empty exclusive set that is replaced stays locked", async () => {
  const kind = { exclusive: true, onDestroy: "restoreDefault" };
  const before = await make(setsAt(endpoint), set(place, [], kind));
  const { sets } = bothAt(endpoint);
  await upWith([[sets, set(place, [], kind)]], [[sets, before]]);
  expect(await lines(place)).toEqual([]);
});

test("an empty exclusive set stays locked where the one that comes in its place fails", async () => {
  const kind = { exclusive: true, onDestroy: "restoreDefault" };
  const before = await make(setsAt(endpoint), set(place, [], kind));
  const { sets } = bothAt(endpoint);
  const __program = { urn: "urn:pulumi:test::shop::aws-egress:EgressRuleSet::renamed" };
  await endpoint.deny(["DescribeSecurityGroupRules"]);
  await errorOf(make(sets, set(place, [], { ...kind, owner: "shop/test/renamed", __program })));
  await endpoint.deny([]);
  await sets.delete(before.id, before.outs);
  expect(await lines(place)).toEqual([]);
});

describe.each(OWNERSHIP)("an exclusive set that goes while single rules come, %s", (_, own, renamed) => {
  const kind = { exclusive: true, onDestroy: "restoreDefault" };
  const single = () => ({
    ...to(80, "10.0.0.0/8"),
    ...renamed,
    securityGroupId: place.group,
    __program: { urn: "urn:pulumi:test::shop::aws-egress:EgressRule::single" },
  });

  test("leaves them, and does not open their group", async () => {
    const before = await make(setsAt(endpoint), set(place, many(1), { ...kind, ...own }));
    const { sets, rules } = bothAt(endpoint);
    await upWith([[rules, single()]], [[sets, before]]);
    expect((await lines(place)).map(withoutMark)).toEqual(["80 10.0.0.0/8"]);
  });

  test("does not open it either where EC2 does not show them yet", async () => {
    const before = await make(setsAt(endpoint), set(place, many(1), { ...kind, ...own }));
    const { sets, rules } = bothAt(endpoint);
    await endpoint.hide({ rules: 9 });
    await upWith([[rules, single()]], [[sets, before]]);
    await endpoint.hide();
    expect((await lines(place)).map(withoutMark)).toEqual(["80 10.0.0.0/8"]);
  });
});

test("a rule goes from a set to another, and is not missing at any time", async () => {
  const before = await make(setsAt(endpoint), set(place, many(2)));
  const { sets } = bothAt(proxy);
  const other = set(place, many(1), { owner: "shop/test/other", adopt: true });
  await make(sets, other);
  const inputs = (await sets.check(before.inputs, set(place, [...many(2).slice(1), to(1, "10.0.0.0/8")])))
    .inputs;
  await sets.update(before.id, before.outs, inputs);
  await expectNeverGone(...RULES);
  expect(await lines(place)).toEqual([
    `1 10.0.0.0/8 by ${OWNER}`,
    "443 10.0.0.0/24 by shop/test/other",
    `443 10.0.1.0/24 by ${OWNER}`,
    DEFAULT_RULE,
  ]);
});
