import { markOf } from "../../../provider/dynamic/ownershipMark";
import { fullTest } from "../../fullTest";
import { endpoint } from "../../world";
import { errorOf, failureOf, type Handler, make, type Props, type Resource } from "../handler";
import { makePlace, OWNER, type Place } from "../place";
import { type Kept, up } from "./runs";
import { bothAt, DEFAULT_RULE, lines, set, to } from "./sets";

// What passes between resources that both stay: each ends with its own, and what none declares is not there.

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
});
afterEach(() => endpoint.hide());

const held = async () => (await lines(place)).map((line) => line.replace(/ by .*/, ""));
const rule = (port: number) => to(port, "10.0.0.0/8");
const held4 = (...ports: number[]) => [...ports.map((port) => `${port} 10.0.0.0/8`), DEFAULT_RULE].sort();

interface Going {
  readonly handler: Handler;
  readonly kept: Kept;
  readonly args: Props;
}

const ORDERS = ["the first before the other", "the other before the first", "both at once"] as const;

/** An `up` of two resources; where one was lost to the other it is replaced, as the engine does. */
async function upBoth([first, other]: readonly [Going, Going], order: (typeof ORDERS)[number]) {
  const one = async ({ handler, kept, args }: Going): Promise<Kept> => {
    const isReplaced = kept.failed && (await handler.diff(kept.id, kept.outs, kept.inputs)).replaces?.length;
    if (!isReplaced) return (await up(handler, kept, args)).kept ?? kept;
    const made = await make(handler, args);
    await handler.delete(kept.id, kept.outs);
    return made;
  };
  if (order === "both at once") return Promise.all([one(first), one(other)]);
  if (order === "the first before the other") return [await one(first), await one(other)] as const;
  const second = await one(other);
  return [await one(first), second] as const;
}

/** Goes up until nothing fails, which is at the second time at the latest. */
async function converge(
  begun: readonly [Resource, Resource],
  news: readonly [Props, Props],
  handlers: () => readonly [Handler, Handler],
  order: (typeof ORDERS)[number],
): Promise<readonly Kept[]> {
  let [one, other]: readonly Kept[] = begun;
  for (let run = 1; run <= 2; run++) {
    const [first, second] = handlers();
    if (one === undefined || other === undefined) throw new Error("there is none");
    [one, other] = await upBoth(
      [
        { handler: first, kept: one, args: news[0] },
        { handler: second, kept: other, args: news[1] },
      ],
      order,
    );
  }
  return [one, other].flatMap((kept) => kept ?? []);
}

const idsOf = ({ id, outs }: Resource) => ("ruleIds" in outs ? Object.values(Object(outs.ruleIds)) : [id]);

describe.each([
  ["with marks", OWNER, "shop/test/other"],
  ["without marks", null, null],
])("%s", (_, owner, renamed) => {
  const single = (port: number, more: Props = {}): Props => ({
    securityGroupId: place.group,
    ...rule(port),
    owner: renamed,
    ...more,
  });

  test.each(ORDERS)("a set adopts what a single rule is to be no longer, %s", async (order) => {
    const { sets, rules } = bothAt(endpoint);
    const before = [
      await make(sets, set(place, [rule(1)], { owner, adopt: true })),
      await make(rules, single(2)),
    ] as const;
    const news = [set(place, [rule(1), rule(2)], { owner, adopt: true }), single(4)] as const;
    const handlers = () => {
      const run = bothAt(endpoint);
      return [run.sets, run.rules] as const;
    };
    const after = await converge(before, news, handlers, order);
    expect(await held()).toEqual(held4(1, 2, 4));
    expect(after.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(new Set(after.flatMap(idsOf)).size).toBe(3);
  });

  test("a rule that was taken over stays with who has it, and who had it gets another", async () => {
    const { rules } = bothAt(endpoint);
    const old = await make(rules, single(1));
    const first = bothAt(endpoint);
    const taken = await make(first.rules, single(1, { owner: owner && "shop/test/new", adopt: true }));
    const lost = await up(first.rules, old, single(2));
    expect(lost.error).toContain("belongs to another resource of this program now");
    const after = await upBoth(
      [
        {
          handler: bothAt(endpoint).rules,
          kept: taken,
          args: single(1, { owner: owner && "shop/test/new", adopt: true }),
        },
        { handler: bothAt(endpoint).rules, kept: lost.kept ?? old, args: single(2) },
      ],
      "the other before the first",
    );
    expect(await held()).toEqual(held4(1, 2));
    expect(new Set(after.map(({ id }) => id)).size).toBe(2);
  });

  // A set that comes too early fails, and asks for adopt.
  test.each([
    [ORDERS[0], {}],
    [ORDERS[1], { adopt: true }],
    [ORDERS[2], {}],
  ])("a rule goes from a set to another, %s, with %j", async (order, more) => {
    const { sets } = bothAt(endpoint);
    const before = [
      await make(sets, set(place, [rule(1), rule(2)], { owner })),
      await make(sets, set(place, [rule(3)], { owner: renamed })),
    ] as const;
    const news = [
      set(place, [rule(2)], { owner }),
      set(place, [rule(1), rule(3)], { owner: renamed, ...more }),
    ] as const;
    const handlers = () => {
      const run = bothAt(endpoint);
      return [run.sets, run.sets] as const;
    };
    const after = await converge(before, news, handlers, order);
    expect(await held()).toEqual(held4(1, 2, 3));
    expect(after.map(({ failed }) => failed)).toEqual([undefined, undefined]);
    expect(after.map(idsOf)).toEqual([[expect.any(String)], [expect.any(String), expect.any(String)]]);
  });

  fullTest(
    "a set that goes leaves what another resource wants, though EC2 does not show it yet",
    async () => {
      await endpoint.hide({ rules: 99 });
      const before = await make(bothAt(endpoint).sets, set(place, [rule(1)], { owner }));
      const { sets, rules } = bothAt(endpoint);
      expect((await errorOf(make(rules, single(1)))).message).toContain("Duplicate");
      await sets.delete(before.id, before.outs);
      await endpoint.hide();
      expect(await held()).toEqual(held4(1));
    },
    30_000,
  );
});

test("two sets whose names end as a renewed mark does keep their rules apart", async () => {
  const [one, other] = ["shop/test/api@20240101", "shop/test/api@20240201"].map((name) =>
    markOf(`urn:pulumi:test::shop::aws-egress:index:Set::${name.slice("shop/test/".length)}`),
  );
  await make(bothAt(endpoint).sets, set(place, [rule(1)], { owner: one }));
  await make(bothAt(endpoint).sets, set(place, [rule(2)], { owner: other }));
  expect(await held()).toEqual(held4(1, 2));
});

test("a long secret description is told in no part of it", async () => {
  const secret = `the plan of the merger with ${"a company that nobody may know of ".repeat(3)}`.trim();
  await make(bothAt(endpoint).rules, {
    securityGroupId: place.group,
    ...rule(1),
    description: secret,
    owner: "shop/prod/x",
  });
  const message = await failureOf(
    make(bothAt(endpoint).rules, {
      securityGroupId: place.group,
      ...rule(1),
      owner: OWNER,
      description: secret,
      __secrets: ["description"],
    }),
  );
  expect(message).toContain("Duplicate");
  expect(message).not.toContain("merger");
});
