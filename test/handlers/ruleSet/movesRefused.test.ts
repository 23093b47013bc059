import { AUTHORIZE, DESCRIBE } from "../../actions";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { checked, make, type Props } from "../handler";
import { clear, STACK } from "../place";
import { place, said } from "./newSet";
import { bothAt, lines, many, set, to } from "./sets";
import { type Program, type Stack, upAll } from "./ups";

// Rules that should move between resources, but fail to at first.

beforeEach(() => clear(place));
afterEach(async () => {
  await endpoint.befall([]);
});

const ids = async () => (await place.rules()).map((rule) => rule.securityGroupRuleId).sort();
const idsIn = (stack: Stack): unknown[] =>
  [...stack.values()].flatMap(({ id, outs }) =>
    "ruleIds" in outs ? Object.values(Object(outs.ruleIds)) : [id],
  );
const left = (): string[] => said.mock.calls.flat().filter((text) => text.startsWith("rule "));
const refused = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;

const HAS_IT = "another resource of this program has it now";
const DECLARES_IT = "this program declares it";

type Own = (args: Props) => Props;
const single = (rule: Props) => ({ ...rule, securityGroupId: place.group });
const asSingles = (own: Own): Program =>
  Object.fromEntries(many(2).map((rule, number) => [`rule-${number}`, own(single(rule))]));
const asSet = (own: Own, name = "all", kind: Props = {}): Program => ({
  [name]: own(set(place, many(2), kind)),
});
const LOCKED = { exclusive: true, onDestroy: "restoreDefault" };

const MOVES: readonly [string, (own: Own) => readonly [Program, Program], action: string, why: string][] = [
  [
    "single rules to a set without permission to look",
    (own) => [asSingles(own), asSet(own)],
    DESCRIBE,
    DECLARES_IT,
  ],
  [
    "a set to single rules that may not be made",
    (own) => [asSet(own), asSingles(own)],
    AUTHORIZE,
    DECLARES_IT,
  ],
  [
    "a set to one of another name that may not look",
    (own) => [asSet(own), asSet(own, "renamed")],
    DESCRIBE,
    DECLARES_IT,
  ],
  [
    "an exclusive set to one of another name that may not look",
    (own) => [asSet(own, "all", LOCKED), asSet(own, "renamed", LOCKED)],
    DESCRIBE,
    DECLARES_IT,
  ],
];

/** Those that only claims cause: a takeover without a claim needs no tag. */
const CLAIMING: typeof MOVES = [
  [
    "single rules to a set without permission to tag",
    (own) => [asSingles(own), asSet(own)],
    "CreateTags",
    HAS_IT,
  ],
  [
    "a set to single rules without permission to tag",
    (own) => [asSet(own), asSingles(own)],
    "CreateTags",
    HAS_IT,
  ],
  [
    "a set to one of another name that may not tag",
    (own) => [asSet(own), asSet(own, "renamed")],
    "CreateTags",
    HAS_IT,
  ],
];

async function made(program: Program): Promise<Stack> {
  const { stack, errors } = await upAll(endpoint, new Map(), program);
  expect(errors).toEqual([]);
  said.mockClear();
  return stack;
}

/** Fails to move, under --continue-on-error; the rules stay, each is reported, and the next run moves them. */
async function expectNoneLost(
  [olds, news]: readonly [Program, Program],
  action: string,
  why: string,
  next = news,
) {
  const before = await made(olds);
  const held = await ids();
  // An exclusive set reads its group first at preview.
  const times = action === DESCRIBE ? (Object.values(news).some(({ exclusive }) => exclusive) ? 2 : 1) : 99;
  await endpoint.befall([{ action, times, fault: refused }]);
  const { stack, errors } = await upAll(endpoint, before, news, { checksFirst: false });
  await endpoint.befall([]);
  expect(errors).not.toEqual([]);
  for (const error of errors) {
    expect(error).toContain(`Allow ec2:${action}`);
    expect(error).not.toContain("took the rule");
  }
  expect(await ids()).toEqual(held);
  expect(left().sort()).toEqual(
    held.map((id) => `rule ${id} on ${place.group} is left in place: ${why}`).sort(),
  );

  const last = await upAll(endpoint, stack, next);
  expect(last.errors).toEqual([]);
  expect(await ids()).toEqual(held);
  expect(idsIn(last.stack).sort()).toEqual(held);
}

test.each([...MOVES, ...CLAIMING])(
  "with claims, nothing is lost from %s",
  async (_, programs, action, why) => {
    await expectNoneLost(
      programs((args) => ({ ...args, owner: STACK })),
      action,
      why,
    );
  },
);

strictly.each(MOVES)(
  "without claims, nothing is lost from %s: the next run adopts",
  async (_, programs, action, why) => {
    const [olds, news] = programs((args) => ({ ...args, owner: null }));
    const [, adopting] = programs((args) => ({ ...args, owner: null, adopt: true }));
    await expectNoneLost([olds, news], action, why, adopting);
  },
);

test("a set takes over, without adopt, its rules from a run that died before it wrote state", async () => {
  const own = (args: Props) => ({ ...args, owner: STACK });
  const before = await made(asSingles(own));
  const held = await ids();
  await upAll(endpoint, before, asSet(own));
  const { stack, errors } = await upAll(endpoint, before, asSet(own));
  expect(errors).toEqual([]);
  expect(await ids()).toEqual(held);
  expect(idsIn(stack).sort()).toEqual(held);
});

test("a rule that moves between sets before the engine hands it over exists at the end, in one run", async () => {
  const own = (rules: readonly Props[]) => set(place, rules);
  const [one = {}, two = {}, three = {}] = many(3);
  const before = await made({ all: own([one, two]), other: own([three]) });
  const program = { all: own([two]), other: own([one, three]) };
  const { stack, errors } = await upAll(endpoint, before, program, { checksFirst: false });
  expect(errors).toEqual([]);
  expect(await lines(place)).toEqual(many(3).map(({ cidrIpv4 }) => `443 ${cidrIpv4} by ${STACK}`));
  expect(idsIn(stack).sort()).toEqual(await ids());
});

describe("a rule of a remaining set", () => {
  const [one, two] = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8")];

  test("is not revoked if another resource takes it over between the set's look-up and its last call", async () => {
    const { id, outs } = await make(bothAt(endpoint).sets, set(place, [one]));
    const [held = ""] = await ids();
    const { sets, rules } = bothAt(endpoint);
    const news = await checked(sets, set(place, [two]));
    const hold = await endpoint.hold({ action: AUTHORIZE, before: true });
    const changing = sets.update(id, outs, news);
    await hold.reached();
    await make(rules, { ...single(one), owner: STACK, adopt: held });
    await hold.release();
    const state = await changing;
    expect(Object.keys(Object(state.outs.ruleIds))).toEqual(["tcp 2 to 10.0.0.0/8"]);
    expect(left()).toEqual([`rule ${held} on ${place.group} is left in place: ${HAS_IT}`]);
    expect(await ids()).toContain(held);
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${STACK}`, `2 10.0.0.0/8 by ${STACK}`]);
  });

  test("is not revoked if a resource that does not hold it yet declares it", async () => {
    const { id, outs } = await make(bothAt(endpoint).sets, set(place, [one, two]));
    const held = await ids();
    const { sets, rules } = bothAt(endpoint);
    await checked(rules, { ...single(one), owner: STACK, __program: { urn: "urn:rule", silence: [] } });
    const state = await sets.update(id, outs, await checked(sets, set(place, [two])));
    expect(Object.keys(Object(state.outs.ruleIds))).toEqual(["tcp 2 to 10.0.0.0/8"]);
    expect(await ids()).toEqual(held);
  });
});
