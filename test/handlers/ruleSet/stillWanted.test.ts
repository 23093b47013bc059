import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { fullTest } from "../../fullTest";
import { endpoint } from "../../world";
import { checked, failureOf, make, type Props, recorded } from "../handler";
import { makePlace, OWNER, type Place } from "../place";
import { bothAt, DEFAULT_RULE, lines, set, to } from "./sets";

// What a resource of the program wants does not go with the one that has had it, though it has failed to take it.

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
});
afterEach(() => endpoint.deny([]));

const [MOVED, OTHER] = [to(443, "10.0.0.0/8"), to(80, "10.0.0.0/8")];
const withoutMark = (line: string) => line.replace(/ by .*/, "");
const held = async () => (await lines(place)).map(withoutMark);

/** The id of the rule that moves. */
async function movedId(): Promise<string | undefined> {
  return (await endpoint.rules(place.group)).find(({ FromPort }) => FromPort === 443)?.SecurityGroupRuleId;
}

const single = (owner: unknown, more: Props = {}) => ({
  securityGroupId: place.group,
  ...MOVED,
  owner,
  ...more,
});

describe.each([
  ["with marks", OWNER, "shop/test/renamed"],
  ["without marks", null, null],
])("%s", (_, owner, renamed) => {
  test("a rule stays where another fails to take it, and the one that has had it goes", async () => {
    const old = await make(bothAt(endpoint).rules, single(owner));
    const { rules } = bothAt(endpoint);
    expect(await failureOf(make(rules, single(renamed)))).toContain("adopt: true");
    await rules.delete(old.id, old.outs);
    expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
  });

  fullTest(
    "the rules of a set stay where single ones fail to take them, and so the other way round",
    async () => {
      const before = await make(bothAt(endpoint).sets, set(place, [MOVED], { owner }));
      const out = bothAt(endpoint);
      expect(await failureOf(make(out.rules, single(renamed)))).toContain("adopt: true");
      await out.sets.delete(before.id, before.outs);
      expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);

      const after = await make(bothAt(endpoint).rules, single(renamed, { adopt: true }));
      const into = bothAt(endpoint);
      expect(await failureOf(make(into.sets, set(place, [MOVED], { owner })))).toContain("adopt: true");
      await into.rules.delete(after.id, after.outs);
      expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
    },
  );

  test("a set that stays leaves what a single rule wants, which takes it unasked", async () => {
    const { id, outs } = await make(bothAt(endpoint).sets, set(place, [MOVED], { owner }));
    const before = await movedId();
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(sets, set(place, [OTHER], { owner }));
    const { actions } = await recorded(endpoint, async () => {
      const hold = await endpoint.hold({ action: AUTHORIZE, before: true });
      const taking = make(rules, single(renamed));
      await hold.reached();
      await sets.update(id, outs, news);
      await hold.release();
      await taking;
    });
    expect(actions).not.toContain(REVOKE);
    expect(actions).not.toContain(MODIFY);
    expect(await movedId()).toBe(before);
    expect(await held()).toEqual(["443 10.0.0.0/8", "80 10.0.0.0/8", DEFAULT_RULE]);
  });

  test("a rule that is wanted while its set makes it another is made anew", async () => {
    const { id, outs } = await make(bothAt(endpoint).sets, set(place, [MOVED], { owner }));
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(sets, set(place, [OTHER], { owner }));
    const modify = await endpoint.hold({ action: MODIFY, before: true });
    const changing = sets.update(id, outs, news);
    await modify.reached();
    const look = await endpoint.hold({ action: DESCRIBE });
    const taking = make(rules, single(renamed, { adopt: true }));
    await look.reached();
    await look.release();
    await modify.release();
    await Promise.all([changing, taking]);
    expect(await held()).toEqual(["443 10.0.0.0/8", "80 10.0.0.0/8", DEFAULT_RULE]);
  });

  test("a rule that is taken over while its set makes another is not changed", async () => {
    const { id, outs } = await make(bothAt(endpoint).sets, set(place, [MOVED], { owner }));
    const before = await movedId();
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(sets, set(place, [OTHER, to(22, "10.0.0.0/8")], { owner }));
    const hold = await endpoint.hold({ action: AUTHORIZE, before: true });
    const changing = sets.update(id, outs, news);
    await hold.reached();
    await make(rules, single(renamed, { adopt: true }));
    await hold.release();
    const { ruleIds } = (await changing).outs;
    expect(Object.keys(Object(ruleIds))).toEqual(["tcp 22 to 10.0.0.0/8", "tcp 80 to 10.0.0.0/8"]);
    expect(await movedId()).toBe(before);
    expect(await held()).toEqual(["22 10.0.0.0/8", "443 10.0.0.0/8", "80 10.0.0.0/8", DEFAULT_RULE]);
  });
});

describe("a rule that another has taken over in a run that was cut off, and that reads show as it was", () => {
  test.each(["a set", "a single rule"])("stays where %s that has had it goes", async (kind) => {
    const [args, renamedArgs] =
      kind === "a set"
        ? [set(place, [MOVED]), set(place, [MOVED], { owner: "shop/test/renamed", adopt: true })]
        : [single(OWNER), single("shop/test/renamed", { adopt: true })];
    const handlerOf = () => bothAt(endpoint)[kind === "a set" ? "sets" : "rules"];
    const old = await make(handlerOf(), args);
    await endpoint.hide({ rules: 9 });
    const taker = await make(handlerOf(), renamedArgs);
    const next = handlerOf();
    const news = await checked(next, renamedArgs, taker.inputs);
    expect((await next.diff(taker.id, taker.outs, news)).changes).toBe(false);
    await next.delete(old.id, old.outs);
    await endpoint.hide();
    expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
  });
});

describe("a rule without a mark that another has taken over in a run that was cut off", () => {
  const args = () => set(place, [MOVED], { owner: null, adopt: true });

  test("stays where a single rule has it, and the single rule or the set that has had it goes", async () => {
    const olds = [
      await make(bothAt(endpoint).sets, args()),
      await make(bothAt(endpoint).rules, single(null, { adopt: true })),
    ];
    const taker = await make(bothAt(endpoint).rules, single(null, { adopt: true }));
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(rules, single(null, { adopt: true }), taker.inputs);
    expect((await rules.diff(taker.id, taker.outs, news)).changes).toBe(false);
    for (const [place, handler] of [sets, rules].entries()) {
      await handler.delete(olds[place]?.id ?? "", olds[place]?.outs ?? {});
    }
    expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
  });

  test("stays where a set has it, and goes when that goes", async () => {
    const old = await make(bothAt(endpoint).rules, single(null));
    const taker = await make(bothAt(endpoint).sets, args());
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(sets, args(), taker.inputs);
    expect((await sets.diff(taker.id, taker.outs, news)).changes).toBe(false);
    await rules.delete(old.id, old.outs);
    expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
    await bothAt(endpoint).sets.delete(taker.id, taker.outs);
    expect(await held()).toEqual([DEFAULT_RULE]);
  });
});

test("a rule stays where the set that takes it over cannot mark it", async () => {
  const old = await make(bothAt(endpoint).rules, single("shop/test/old"));
  const { sets, rules } = bothAt(endpoint);
  await endpoint.deny(["CreateTags"]);
  expect(await failureOf(make(sets, set(place, [MOVED], { adopt: true })))).toContain("Allow ec2:CreateTags");
  await rules.delete(old.id, old.outs);
  expect(await held()).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
});

test.each(["a set", "a single rule"])(
  "%s that a refresh has compared with its state, and the program has no more, goes with its rules",
  async (kind) => {
    const handlerOf = () => bothAt(endpoint)[kind === "a set" ? "sets" : "rules"];
    const args = kind === "a set" ? set(place, [MOVED], { owner: null }) : single(null);
    const { id, outs, inputs } = await make(handlerOf(), args);
    const handler = handlerOf();
    expect((await handler.diff(id, outs, inputs)).changes).toBe(false);
    await handler.delete(id, outs);
    expect(await held()).toEqual([DEFAULT_RULE]);
  },
);
