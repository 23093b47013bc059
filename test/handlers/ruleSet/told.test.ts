import { UNKNOWN } from "../../../provider/rule/unknown";
import { DESCRIBE, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { checked, type Props, type Resource, recorded, withLine } from "../handler";
import { authorize, clear, tcp } from "../place";
import { place, said } from "./newSet";
import { bothAt, set, setsAt, to } from "./sets";

const URN = "urn:pulumi:test::shop::pulumi-nodejs:dynamic/aws-egress:EgressRuleSet::web";
const WEB = [to(443, "10.0.0.0/8", { description: "updates" }), to(22, "10.0.0.0/8")];
const EDITED = [to(443, "10.0.0.0/8", { description: "packages" }), to(80, "10.0.0.0/8")];

const such = (rules: readonly Props[] | string, more: Props, preview: boolean): Props => ({
  ...set(place, [], more),
  rules,
  __program: { urn: URN, preview },
});

/** The messages of an engine run about a set, those of its check first. */
async function told(run: () => Promise<unknown>): Promise<unknown[]> {
  said.mockClear();
  await run();
  return said.mock.calls.flat();
}

const previewed = (rules: readonly Props[] | string, more: Props = {}, olds?: Resource) =>
  told(async () => {
    const handler = setsAt(endpoint);
    const inputs = await checked(handler, such(rules, more, true), olds?.inputs);
    if (olds) await handler.diff(olds.id, olds.outs, inputs);
  });

async function up(rules: readonly Props[], more: Props = {}, olds?: Resource, handler = setsAt(endpoint)) {
  const inputs = await checked(handler, such(rules, more, false), olds?.inputs);
  if (olds === undefined) {
    const { id, outs } = await handler.create(inputs);
    return { id, inputs, outs: withLine(outs) };
  }
  const { changes } = await handler.diff(olds.id, olds.outs, inputs);
  const { outs } = changes ? await handler.update(olds.id, olds.outs, inputs) : olds;
  return { id: olds.id, inputs, outs: withLine(outs) };
}

beforeEach(() => clear(place));
afterEach(() => endpoint.deny([]));

test("preview and up each report once what a new set adds", async () => {
  const text = "web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8";
  expect(await previewed(WEB)).toEqual([text]);
  expect(await told(() => up(WEB))).toEqual([text]);
});

test("preview and up each report once what changes in a set, and nothing without a change", async () => {
  const made = await up(WEB);
  const text = "web: + tcp 80 to 10.0.0.0/8, - tcp 22 to 10.0.0.0/8, 1 description";
  const { actions } = await recorded(endpoint, () => previewed(EDITED, {}, made));
  expect(actions).toEqual([]);
  expect(await previewed(EDITED, {}, made)).toEqual([text]);
  expect(await previewed(WEB, {}, made)).toEqual([]);
  let changed = made;
  const changing = async () => {
    changed = await up(EDITED, {}, made);
  };
  expect(await told(changing)).toEqual([text]);
  expect(await told(() => up(EDITED, {}, changed))).toEqual([]);
});

test("a replaced set only reports what the new one adds", async () => {
  const made = await up(WEB);
  const elsewhere = { securityGroupId: place.other };
  const lines = await told(async () => {
    const handler = setsAt(endpoint);
    const inputs = await checked(handler, such(WEB, elsewhere, true), made.inputs);
    expect((await handler.diff(made.id, made.outs, inputs)).replaces).toEqual(["securityGroupId"]);
    await checked(handler, such(WEB, elsewhere, true));
  });
  expect(lines).toEqual(["web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8"]);
});

test("a diff at a refresh reports nothing", async () => {
  const made = await up(WEB);
  const other = await checked(setsAt(endpoint), such(EDITED, {}, true), made.inputs);
  expect(await told(() => setsAt(endpoint).diff(made.id, made.outs, other))).toEqual([]);
});

test.each([
  ["with adopt", { adopt: true }],
  ["of an exclusive set", { exclusive: true }],
])("an adopted rule is reported at preview and at up, %s", async (_, more: Props) => {
  await authorize(place, tcp(22, "10.0.0.0/8"));
  const text = "web: + tcp 443 to 10.0.0.0/8, + tcp 22 to 10.0.0.0/8 (adopted)";
  expect(await previewed(WEB, more)).toEqual([text]);
  const { actions } = await recorded(endpoint, () => previewed(WEB, more));
  expect(actions).toEqual([DESCRIBE]);
  expect(await told(() => up(WEB, more))).toEqual([text]);
});

test("a rule that a set adopts later is reported at preview and at up", async () => {
  const made = await up(WEB, { adopt: true });
  await authorize(place, tcp(80, "10.0.0.0/8"));
  const text = "web: + tcp 80 to 10.0.0.0/8 (adopted), - tcp 22 to 10.0.0.0/8, 1 description";
  expect(await previewed(EDITED, { adopt: true }, made)).toEqual([text]);
  expect(await told(() => up(EDITED, { adopt: true }, made))).toEqual([text]);
});

test("a rule of this stack that moves between resources does not count as adopted", async () => {
  const { sets } = bothAt(endpoint);
  await up(WEB, { adopt: true }, undefined, sets);
  expect(await told(() => up(WEB, { adopt: true }))).toEqual([
    "web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8",
  ]);
});

test("a failed look-up before up is reported", async () => {
  await endpoint.deny(["DescribeSecurityGroupRules"]);
  const lines = await previewed(WEB, { adopt: true });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/: cannot tell yet which rules the set adopts: .*UnauthorizedOperation/);
  expect(lines[1]).toBe("web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8");
});

test("secret rules are only counted, in any spelling", async () => {
  const secret = { __secrets: ["rules[0].cidrIpv4"] };
  const rules = [to(443, "10.0.0.1/8"), to(22, "10.0.0.0/8")];
  expect(await previewed(rules, secret)).toEqual(["web: + 2 rules"]);
  expect(await told(() => up(rules, secret))).toEqual(["web: + 2 rules"]);
});

test("unknown rules are reported as unknown", async () => {
  expect(await previewed(UNKNOWN)).toEqual(["web: rules not known yet"]);
  const later = [{ ...to(5432, UNKNOWN) }, UNKNOWN as unknown as Props];
  expect(await previewed([...WEB, ...later])).toEqual([
    "web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8 and 1 more, + 1 rule not known yet",
  ]);
  const made = await up(WEB);
  expect(await previewed(UNKNOWN, {}, made)).toEqual(["web: rules not known yet"]);
});

test("a run that fails halfway reports what it has done", async () => {
  const made = await up(WEB);
  await endpoint.deny([REVOKE]);
  const lines = await told(() => expect(up(EDITED, {}, made)).rejects.toThrow());
  expect(lines).toEqual(["web: + tcp 80 to 10.0.0.0/8, 1 description"]);
});
