import { UNKNOWN } from "../../../provider/rule/unknown";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { checked, type Handler, make, type Props, type Resource, refresh } from "../handler";
import { clear, makePlace, OWNER_TAG, type Place, removeTag, STACK } from "../place";
import { set, setsAt, to } from "./sets";

let handler: Handler;
let place: Place;
let made: Resource;

beforeAll(async () => {
  place = await makePlace(endpoint);
});
beforeEach(async () => {
  await clear(place);
  handler = setsAt(endpoint);
  made = await make(handler, set(place, RULES()));
});

const RULES = (): Props[] => [
  to(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web", Area: "shop" } }),
  { ipProtocol: "udp", fromPort: 53, toPort: 53, cidrIpv6: "2001:db8::/32" },
  { ipProtocol: "-1", referencedSecurityGroupId: place.other },
];

async function diffTo(args: Props, { id, outs } = made, using = handler) {
  return using.diff(id, outs, await checked(using, args));
}

const NOTHING = { changes: false, replaces: [] };
const CHANGE = { changes: true, replaces: [] };

test("order, spelling and repetition are no change", async () => {
  const [https = {}, dns = {}, all = {}] = RULES();
  const respelled = [
    { ...all, fromPort: -1, toPort: -1, ipProtocol: "ALL" },
    { ...dns, ipProtocol: 17, fromPort: "53", cidrIpv6: "2001:DB8:0:0::1/32" },
    { ...https, ipProtocol: "TCP", cidrIpv4: "10.0.9.9/16", tags: { Area: "shop", Team: "web" } },
    dns,
    https,
  ];
  expect(await diffTo(set(place, respelled))).toEqual(NOTHING);
});

test("adding a group's own account is no change, because EC2 does not return it", async () => {
  const own = { ipProtocol: "-1", referencedSecurityGroupId: `123456789012/${place.other}` };
  const [https = {}, dns = {}] = RULES();
  const args = set(place, [https, dns, own]);
  expect(await diffTo(args)).toEqual(NOTHING);
  await clear(place);
  const other = await make(setsAt(endpoint), args);
  const found = known(await refresh(handler, other));
  expect(found.outs).toEqual(other.outs);
  expect(await diffTo(args, found)).toEqual(NOTHING);
});

test.each<[string, (rules: Props[]) => Props[]]>([
  ["a rule more", (rules) => [...rules, to(80, "10.0.0.0/16")]],
  ["a rule less", (rules) => rules.slice(1)],
  ["another port", ([rule, ...others]) => [{ ...rule, fromPort: 80, toPort: 80 }, ...others]],
  ["a different description", ([rule, ...others]) => [{ ...rule, description: "other" }, ...others]],
  ["no description", ([rule, ...others]) => [{ ...rule, description: null }, ...others]],
  ["another tag", ([rule, ...others]) => [{ ...rule, tags: { Team: "ops", Area: "shop" } }, ...others]],
  ["a tag less", ([rule, ...others]) => [{ ...rule, tags: { Team: "web" } }, ...others]],
  ["an unknown description", ([rule, ...others]) => [{ ...rule, description: UNKNOWN }, ...others]],
  ["an unknown destination", ([rule, ...others]) => [{ ...rule, cidrIpv4: UNKNOWN }, ...others]],
])("%s is a change, and replaces nothing", async (_, edit) => {
  expect(await diffTo(set(place, edit(RULES())))).toEqual(CHANGE);
});

test.each<[string, Props, { changes: boolean; replaces: string[] }]>([
  ["exclusive", { exclusive: true }, CHANGE],
  ["unknown exclusive", { exclusive: UNKNOWN }, CHANGE],
  ["onDestroy", { exclusive: true, onDestroy: "restoreDefault" }, CHANGE],
  ["adopt", { adopt: true }, NOTHING],
  ["a renamed stack", { owner: "shop/renamed" }, CHANGE],
  ["no claim any more", { owner: null }, NOTHING],
  [
    "another group",
    { securityGroupId: "sg-0123456789abcdef0" },
    { changes: true, replaces: ["securityGroupId"] },
  ],
  ["an unknown group", { securityGroupId: UNKNOWN }, { changes: true, replaces: ["securityGroupId"] }],
  ["unknown rules", { rules: UNKNOWN }, CHANGE],
  ["another Region", { region: "eu-west-1" }, { changes: true, replaces: ["region"] }],
])("%s", async (_, more, expected) => {
  expect(await diffTo(set(place, RULES(), more))).toEqual(expected);
});

test("exclusive is a change also when it is removed", async () => {
  await clear(place);
  const exclusive = await make(handler, set(place, RULES(), { exclusive: true }));
  expect(await diffTo(set(place, RULES(), { exclusive: false }), exclusive)).toEqual(CHANGE);
});

test.each<[string, Props | undefined, boolean]>([
  ["others", { Stage: "prod" }, true],
  ["none", undefined, true],
  ["the same", { Stage: "test" }, false],
])("the stack's tags are a change if they are %s", async (_, tags, changes) => {
  const config = (some: Props | undefined) => ({ "aws:defaultTags": JSON.stringify({ tags: some }) });
  await clear(place);
  const tagged = await make(setsAt(endpoint, config({ Stage: "test" })), set(place, RULES()));
  const later = setsAt(endpoint, tags && config(tags));
  expect(await diffTo(set(place, RULES()), tagged, later)).toMatchObject({ changes });
});

test("a lost claim is a change once a refresh has seen it", async () => {
  const [rule] = await place.rules();
  await removeTag(place, known(rule).securityGroupRuleId, OWNER_TAG);
  expect(await diffTo(set(place, RULES()))).toEqual(NOTHING);
  const found = known(await refresh(handler, made));
  const { claim: _, ...others } = made.outs;
  expect(found.outs).toEqual(others);
  expect(await diffTo(set(place, RULES()), found)).toEqual(CHANGE);
});

strictly("a set without claims gets them, unless the stack claims nothing", async () => {
  await clear(place);
  const without = await make(handler, set(place, RULES(), { owner: null }));
  expect(without.outs).not.toHaveProperty("claim");
  expect(await diffTo(set(place, RULES(), { owner: null }), without)).toEqual(NOTHING);
  expect(await diffTo(set(place, RULES(), { owner: STACK }), without)).toEqual(CHANGE);
});

describe("inputs with unknown parts, from a source that is about to be replaced,", () => {
  const replaced = (...replaces: string[]) => ({ changes: true, replaces });
  const ask = (news: Props, using = setsAt(endpoint)) =>
    using.diff(made.id, made.outs, { ...made.inputs, ...news });
  const oneUnknown = () => ({ rules: { ...Object(made.inputs.rules), "tcp 443 to 10.0.0.0/16": UNKNOWN } });

  test("replace the set, so that its rules go first", async () => {
    expect(await ask({ rules: UNKNOWN })).toEqual(replaced("rules"));
    expect(await ask(oneUnknown())).toEqual(replaced("rules"));
    expect(await ask({ exclusive: UNKNOWN })).toEqual(replaced("rules"));
    expect(await ask({ securityGroupId: UNKNOWN })).toEqual(replaced("securityGroupId"));
  });

  test("differ from those of an ordinary preview, which check has seen", async () => {
    const run = setsAt(endpoint);
    expect(await diffTo(set(place, RULES(), { rules: UNKNOWN }), made, run)).toEqual(CHANGE);
    expect(await ask(oneUnknown(), run)).toEqual(replaced("rules"));
    const [https = {}, ...others] = RULES();
    const args = set(place, [{ ...https, description: UNKNOWN }, ...others]);
    expect(await diffTo(args, made, run)).toEqual(CHANGE);
    expect(await diffTo(args, made, setsAt(endpoint))).toEqual(CHANGE);
  });
});
