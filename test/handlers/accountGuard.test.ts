import { endpoint } from "../world";
import {
  askedSts,
  MINE,
  OF_THEIRS,
  proxy,
  ruleOn,
  run,
  THEIR_ARN,
  THEIRS,
  toEc2,
  withoutSts,
} from "./accounts";
import {
  change,
  checked,
  configFor,
  errorOf,
  type Handler,
  handlerOf,
  make,
  type StackConfig,
} from "./handler";
import { clear, makePlace, type Place } from "./place";
import { many, set } from "./ruleSet/sets";
import { signerOf } from "./signature";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
});

const web = (more = {}) => ruleOn(place, more);

const allowed = (...ids: unknown[]): StackConfig => ({ "aws:allowedAccountIds": JSON.stringify(ids) });
const forbidden = (...ids: unknown[]): StackConfig => ({ "aws:forbiddenAccountIds": JSON.stringify(ids) });

/** The error of a check that refuses. */
async function refusals(handler: Handler, args: object): Promise<string[]> {
  const { failures } = await handler.check({}, { ...args });
  return failures.map(({ property, reason }) => `${property} ${reason}`);
}

describe.each<[string, StackConfig, string]>([
  ["is not among aws:allowedAccountIds", allowed(MINE), "aws:allowedAccountIds does not include"],
  ["is among aws:forbiddenAccountIds", forbidden(MINE, THEIRS), "aws:forbiddenAccountIds includes"],
])("an account that %s", (_, guard, words) => {
  const refused = `${words} account ${THEIRS}, which the current credentials belong to: ${THEIR_ARN}`;

  test("fails the preview, for a rule and for a set", async () => {
    const { rules, sets } = run({ ...guard, ...OF_THEIRS });
    expect(await refusals(rules, web())).toEqual([refused]);
    expect(await refusals(sets, set(place, many(1)))).toEqual([refused]);
    expect(toEc2()).toEqual([]);
    expect(askedSts()).toBe(1);
  });

  test("gets no EC2 call from any verb: each fails and says why", async () => {
    const maker = run();
    const rule = await make(maker.rules, web());
    const ofSet = await make(maker.sets, { ...set(place, many(2)), securityGroupId: place.other });
    const { rules, sets } = run({ ...guard, ...OF_THEIRS });
    const others = await checked(maker.rules, web({ description: "new" }));
    const otherSet = await checked(maker.sets, { ...set(place, []), securityGroupId: place.other });
    proxy.reset();
    const errors = await Promise.all(
      [
        rules.create(await checked(maker.rules, web({ toPort: 444 }))),
        rules.read(rule.id, rule.outs),
        rules.update(rule.id, rule.outs, others),
        rules.delete(rule.id, rule.outs),
        sets.create(await checked(maker.sets, set(place, many(1)))),
        sets.read(ofSet.id, ofSet.outs),
        sets.update(ofSet.id, ofSet.outs, otherSet),
        sets.delete(ofSet.id, ofSet.outs),
      ].map(errorOf),
    );
    for (const { message } of errors) {
      expect(message).toContain(`AccountNotAllowed: ${refused}\nNothing was changed.`);
    }
    expect(toEc2()).toEqual([]);
  });
});

test.each<[string, StackConfig]>([
  ["among aws:allowedAccountIds", allowed(THEIRS, MINE)],
  ["among them as a number, as `pulumi config set --path` stores it", allowed(Number(MINE))],
  ["not among aws:forbiddenAccountIds", forbidden(THEIRS)],
])("an account that is %s works, with one STS call a run", async (_, guard) => {
  const { rules, sets } = run(guard);
  const rule = await make(rules, web());
  const ofSet = await make(sets, { ...set(place, many(2)), securityGroupId: place.other });
  await change(rules, rule, web({ description: "new" }));
  await rules.delete(rule.id, rule.outs);
  await sets.delete(ofSet.id, ofSet.outs);
  expect(await place.rules()).toEqual([]);
  expect(askedSts()).toBe(1);
});

test("an empty list guards nothing and asks nothing", async () => {
  const { rules } = run({ ...allowed(), ...forbidden() });
  await make(rules, web());
  expect(askedSts()).toBe(0);
});

test("if STS does not answer, the guard fails every verb", async () => {
  const { rules } = run({ ...(await withoutSts()), ...allowed(MINE) });
  const cannot =
    "aws:allowedAccountIds cannot be checked, because STS does not say whose the credentials are: ";
  const [failure, ...others] = await refusals(rules, web());
  expect(failure).toMatch(new RegExp(`^${cannot}.*ECONNREFUSED`));
  expect(others).toEqual([]);
  const made = await make(run().rules, web());
  proxy.reset();
  expect((await errorOf(rules.delete(made.id, made.outs))).message).toContain(cannot);
  expect(toEc2()).toEqual([]);
});

test("STS is called in the resource's Region if the stack has none", async () => {
  const { "aws:region": _, ...config } = configFor(proxy.url);
  await refusals(handlerOf({ ...config, ...allowed(THEIRS) }), web({ region: "eu-west-1" }));
  expect(proxy.calls.map((call) => signerOf(call))).toMatchObject([{ service: "sts", region: "eu-west-1" }]);
});

describe("preview refuses an unreadable guard:", () => {
  test.each<[string, StackConfig, string]>([
    [
      "both keys",
      { ...allowed(MINE), ...forbidden(THEIRS) },
      "aws:forbiddenAccountIds conflicts with aws:allowedAccountIds: set one of the two",
    ],
    [
      "no list",
      { "aws:allowedAccountIds": MINE },
      `aws:allowedAccountIds ${MINE} is not a list: write it like ["123456789012"]`,
    ],
    [
      "no account",
      forbidden(MINE, "prod"),
      'aws:forbiddenAccountIds[1] "prod" is not an account id: specify 12 digits, in quotes',
    ],
    [
      "no JSON",
      { "aws:allowedAccountIds": "[" },
      "aws:allowedAccountIds is not JSON: set it with `pulumi config set --path`",
    ],
  ])("%s", async (_, guard, text) => {
    expect(await refusals(run(guard).rules, web())).toEqual([text]);
  });
});
