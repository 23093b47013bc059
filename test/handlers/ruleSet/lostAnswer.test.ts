import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { rowsOf } from "../../fullTest";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { make, type Props } from "../handler";
import { authorize, makePlace, type Place, STACK, tcp } from "../place";
import { type Mishap, type MishapProxy, startProxy } from "../proxy";
import { type Ran, up } from "./runs";
import { DEFAULT_RULE, lines, many, set, setsAt, to } from "./sets";

let proxy: MishapProxy;
let place: Place;
let said: jest.SpyInstance;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
});
afterAll(async () => {
  await proxy.stop();
});
beforeEach(() => {
  proxy.reset();
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => said.mockRestore());

/**
 * Once, so that the SDK's next try succeeds; each try of one lookup; and permanently.
 *
 * A connection that breaks each time is omitted: here its error belongs to another realm, and the SDK keeps only the
 * text.
 */
const MISHAPS = rowsOf<readonly [Mishap, times: number]>(
  [
    ["lose the answer", 1],
    ["answer 503", 2],
    ["answer 503", 6],
    [{ refuse: "Unavailable" }, 2],
    [{ refuse: "Unavailable" }, 6],
  ],
  ([mishap, times]) => times === 1 || (mishap === "answer 503") === (times === 6),
);
/** So that permanent failures come soon. */
const QUICK = { "aws:maxRetries": "1" };

const olds = (): Props[] => [
  to(1, "10.0.0.0/8", { description: "one" }),
  to(2, "10.0.0.0/8", { tags: { Old: "yes" } }),
  to(3, "10.0.0.0/8"),
  { ipProtocol: "tcp", fromPort: 4, toPort: 4, cidrIpv6: "2001:db8::/32" },
];
/** Needs every kind of call. */
const news = (): Props[] => [
  to(1, "10.0.0.0/8", { description: "first" }),
  to(2, "10.0.0.0/8", { tags: { Team: "web" } }),
  to(5, "10.0.0.0/8"),
  to(6, "10.0.0.0/8", { tags: { Team: "web" } }),
];
const ALL = [AUTHORIZE, MODIFY, "CreateTags", "DeleteTags", REVOKE];

function afterwards(owner: string | undefined): string[] {
  const by = owner === undefined ? "" : ` by ${owner}`;
  return [
    `1 10.0.0.0/8 "first"${by}`,
    `2 10.0.0.0/8 Team=web${by}`,
    `5 10.0.0.0/8${by}`,
    `6 10.0.0.0/8 Team=web${by}`,
    DEFAULT_RULE,
  ];
}

/**
 * Expects nothing lost and nothing duplicated: a later `up` reaches what is declared, and a delete revokes all of it.
 */
async function expectToEnd({ kept, error }: Ran, args: Props, owner: string | undefined): Promise<void> {
  const isAskedToAdopt = owner === undefined && error?.endsWith("set adopt: true.") === true;
  if (error !== undefined && !isAskedToAdopt) {
    expect(error).toMatch(/run (`pulumi up`|the same command) again\.$/);
    expect(error).not.toContain("took the rule");
  }
  proxy.reset();
  const next = owner === undefined ? { ...args, adopt: true } : args;
  const last = error === undefined ? { kept, error } : await up(setsAt(endpoint), kept, next);
  expect(last.error).toBeUndefined();
  expect(await lines(place)).toEqual(afterwards(owner));
  expect(Object.keys(Object(last.kept?.outs.ruleIds))).toHaveLength(4);
  await setsAt(endpoint).delete(place.group, last.kept?.outs ?? {});
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
}

describe.each([
  ["with claims", STACK],
  ["without claims", undefined],
])("%s", (_, owner) => {
  const args = (rules: Props[], more: Props = {}) => set(place, rules, { owner: owner ?? null, ...more });
  /** Without a claim, a created rule could be anyone's: the next `up` needs `adopt`. */
  const isToldByClaim = (action: string) => action === AUTHORIZE && owner === undefined;

  strictly.each(ALL)("an update whose %s goes wrong ends right, or the next one does", async (action) => {
    for (const [mishap, times] of MISHAPS) {
      place = await makePlace(endpoint);
      const made = await make(setsAt(endpoint), args(olds()));
      proxy.befall(action, Array(times).fill(mishap));
      const ran = await up(setsAt(proxy, QUICK), made, args(news()));
      if (times === 1 && !isToldByClaim(action)) expect(ran.error).toBeUndefined();
      await expectToEnd(ran, args(news()), owner);
    }
  });

  test("a create whose rules' answer goes wrong ends right, or the next one does", async () => {
    for (const [mishap, times] of MISHAPS) {
      place = await makePlace(endpoint);
      proxy.befall(AUTHORIZE, Array(times).fill(mishap));
      const ran = await up(setsAt(proxy, QUICK), undefined, args(news()));
      if (times === 1 && !isToldByClaim(AUTHORIZE)) expect(ran.error).toBeUndefined();
      await expectToEnd(ran, args(news()), owner);
    }
  });

  test("a delete whose answer goes wrong ends right, or the next one does", async () => {
    for (const [mishap, times] of MISHAPS) {
      place = await makePlace(endpoint);
      const more = { exclusive: true, onDestroy: "restoreDefault" };
      const { id, outs } = await make(setsAt(endpoint), args(news(), more));
      for (const action of [AUTHORIZE, REVOKE]) proxy.befall(action, Array(times).fill(mishap));
      const failed = await setsAt(proxy, QUICK)
        .delete(id, outs)
        .then(() => undefined, String);
      if (times === 1) expect(failed).toBeUndefined();
      if (failed !== undefined) expect(failed).toMatch(/run (`pulumi up`|the same command) again\.$/);
      proxy.reset();
      if (failed !== undefined) await setsAt(endpoint).delete(id, outs);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
    }
  });
});

describe("if the look-up fails too", () => {
  const cutOff = () => {
    proxy.befall(AUTHORIZE, Array(2).fill("answer 503"));
    // The first read comes before the plan.
    let looks = 0;
    return startProxy(proxy.url, async (action) => {
      if (action === DESCRIBE && ++looks === 1)
        proxy.befall(DESCRIBE, Array(2).fill({ refuse: "Unavailable" }));
    });
  };

  test("the next create takes over the rules by their claim", async () => {
    place = await makePlace(endpoint);
    const cut = await cutOff();
    const ran = await up(setsAt(cut, QUICK), undefined, set(place, many(3)));
    await cut.stop();
    // EC2's first message tells more.
    const said = "authorizing tcp 443 to 10.0.0.0/24";
    expect(ran).toMatchObject({ kept: undefined, error: expect.stringContaining(said) });
    expect(ran.error).not.toContain("took the rule");
    expect(await place.rules()).toHaveLength(4);
    proxy.reset();
    const again = await up(setsAt(endpoint), undefined, set(place, many(3)));
    expect(again.error).toBeUndefined();
    expect(Object.keys(Object(again.kept?.outs.ruleIds))).toHaveLength(3);
    expect(await place.rules()).toHaveLength(4);
  });

  test("without claims the next create names the existing rules, and adopt: true takes them over", async () => {
    place = await makePlace(endpoint);
    const args = set(place, many(3), { owner: null });
    const cut = await cutOff();
    await up(setsAt(cut, QUICK), undefined, args);
    await cut.stop();
    proxy.reset();
    const refused = await up(setsAt(endpoint), undefined, args);
    expect(refused.error).toContain("To adopt existing rules, set adopt: true.");
    const again = await up(setsAt(endpoint), undefined, { ...args, adopt: true });
    expect(Object.keys(Object(again.kept?.outs.ruleIds))).toHaveLength(3);
    expect(await place.rules()).toHaveLength(4);
  });
});

test("a rule that somebody else creates first is not taken for the set's own, and the others are created", async () => {
  place = await makePlace(endpoint);
  let looks = 0;
  const busy = await startProxy(endpoint.url, async (action) => {
    if (action === DESCRIBE && ++looks === 1) await authorize(place, tcp(443, "10.0.1.0/24"));
  });
  const ran = await up(setsAt(busy, QUICK), undefined, set(place, many(3)));
  await busy.stop();
  expect(ran.error).toMatch(
    /^authorizing tcp 443 to 10\.0\.1\.0\/24 on [\s\S]*\nIt is sgr-\w+: .* claimed by no stack\.\nTo adopt it, set adopt: true\.$/,
  );
  expect(Object.keys(Object(ran.kept?.outs.ruleIds))).toEqual([
    "tcp 443 to 10.0.0.0/24",
    "tcp 443 to 10.0.2.0/24",
  ]);
  expect(await lines(place)).toEqual([
    `443 10.0.0.0/24 by ${STACK}`,
    "443 10.0.1.0/24",
    `443 10.0.2.0/24 by ${STACK}`,
    DEFAULT_RULE,
  ]);
});
