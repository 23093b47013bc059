import { UNKNOWN } from "../../../provider/rule/unknown";
import { known } from "../../known";
import { endpoint } from "../../world";
import { checked, type Handler, make, type Props, type Resource, refresh } from "../handler";
import { clear, makePlace, OWNER, OWNER_TAG, type Place, removeTag } from "../place";
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

test("the account of a group is none where it is the group's own, which EC2 does not tell", async () => {
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
  ["another description", ([rule, ...others]) => [{ ...rule, description: "other" }, ...others]],
  ["no description", ([rule, ...others]) => [{ ...rule, description: null }, ...others]],
  ["another tag", ([rule, ...others]) => [{ ...rule, tags: { Team: "ops", Area: "shop" } }, ...others]],
  ["a tag less", ([rule, ...others]) => [{ ...rule, tags: { Team: "web" } }, ...others]],
  ["a description not yet known", ([rule, ...others]) => [{ ...rule, description: UNKNOWN }, ...others]],
  ["a destination not yet known", ([rule, ...others]) => [{ ...rule, cidrIpv4: UNKNOWN }, ...others]],
])("%s is a change, and replaces nothing", async (_, edit) => {
  expect(await diffTo(set(place, edit(RULES())))).toEqual(CHANGE);
});

test.each<[string, Props, { changes: boolean; replaces: string[] }]>([
  ["exclusive", { exclusive: true }, CHANGE],
  ["exclusive, not yet known", { exclusive: UNKNOWN }, CHANGE],
  ["onDestroy", { exclusive: true, onDestroy: "restoreDefault" }, CHANGE],
  ["adopt", { adopt: true }, NOTHING],
  ["another name of the resource, as with aliases", { owner: "shop/test/renamed" }, NOTHING],
  ["no mark any more", { owner: null }, NOTHING],
  [
    "another group",
    { securityGroupId: "sg-0123456789abcdef0" },
    { changes: true, replaces: ["securityGroupId"] },
  ],
  ["a group not yet known", { securityGroupId: UNKNOWN }, { changes: true, replaces: ["securityGroupId"] }],
  ["rules not yet known", { rules: UNKNOWN }, CHANGE],
  ["another Region", { region: "eu-west-1" }, { changes: true, replaces: ["region"] }],
])("%s", async (_, more, expected) => {
  expect(await diffTo(set(place, RULES(), more))).toEqual(expected);
});

test("exclusive is a change also when it is left out again", async () => {
  await clear(place);
  const exclusive = await make(handler, set(place, RULES(), { exclusive: true }));
  expect(await diffTo(set(place, RULES(), { exclusive: false }), exclusive)).toEqual(CHANGE);
});

test.each<[string, Props | undefined, boolean]>([
  ["others", { Stage: "prod" }, true],
  ["none", undefined, true],
  ["the same", { Stage: "test" }, false],
])("the stack's tags are a change where they are %s", async (_, tags, changes) => {
  const config = (some: Props | undefined) => ({ "aws:defaultTags": JSON.stringify({ tags: some }) });
  await clear(place);
  const tagged = await make(setsAt(endpoint, config({ Stage: "test" })), set(place, RULES()));
  const later = setsAt(endpoint, tags && config(tags));
  expect(await diffTo(set(place, RULES()), tagged, later)).toMatchObject({ changes });
});

test("a lost mark is a change once a refresh has seen it, and said whose it is", async () => {
  const [rule] = await place.rules();
  const id = known(rule).securityGroupRuleId;
  await removeTag(place, id, OWNER_TAG);
  expect(await diffTo(set(place, RULES()))).toEqual(NOTHING);
  const found = known(await refresh(handler, made));
  const [key] = known(Object.entries(Object(made.outs.ruleIds)).find(([, ruleId]) => ruleId === id));
  expect(found.outs).toEqual({ ...made.outs, marks: { [key]: "" } });
  expect(await diffTo(set(place, RULES()), found)).toEqual(CHANGE);
});

test("a set that had no mark gets one, and keeps to having none where none is declared", async () => {
  await clear(place);
  const unmarked = await make(handler, set(place, RULES(), { owner: null }));
  expect(unmarked.outs).not.toHaveProperty("owner");
  expect(await diffTo(set(place, RULES(), { owner: null }), unmarked)).toEqual(NOTHING);
  expect(await diffTo(set(place, RULES(), { owner: OWNER }), unmarked)).toEqual(CHANGE);
});
