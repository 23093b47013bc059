import { UNKNOWN } from "../../../provider/rule/unknown";
import { known } from "../../known";
import { endpoint } from "../../world";
import {
  change,
  checked,
  type Handler,
  make,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "../handler";
import { clear, makePlace, type Place, removeTag, STACK, setTag } from "../place";
import { lines, set, setsAt, to } from "./sets";

let place: Place;
let handler: Handler;

beforeAll(async () => {
  place = await makePlace(endpoint);
});
beforeEach(async () => {
  await clear(place);
  handler = setsAt(endpoint);
});

const DEFAULTS = { "aws:defaultTags": JSON.stringify({ tags: { Team: "ops", Stage: "test" } }) };
const RULES = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8", { tags: { Team: "db" } })];
const web = (more: Props = {}) => set(place, RULES, { tags: { Team: "web", Zone: "shop" }, ...more });
const idOf = ({ outs }: Resource, key: string) => String(Object(outs.ruleIds)[key]);
const read = async (resource: Resource) => known(await refresh(setsAt(endpoint), resource));

test("the tags of a set reach each rule: the rule's own override them, and they override the stack's", async () => {
  const made = await make(setsAt(endpoint, DEFAULTS), web());
  expect(await lines(place)).toEqual([
    `1 10.0.0.0/8 Stage=test Team=web Zone=shop by ${STACK}`,
    `2 10.0.0.0/8 Stage=test Team=db Zone=shop by ${STACK}`,
  ]);
  expect(made.outs).toMatchObject({
    tags: { Team: "web", Zone: "shop" },
    rules: { "tcp 1 to 10.0.0.0/8": {}, "tcp 2 to 10.0.0.0/8": { tags: { Team: "db" } } },
  });
  expect(Object(made.outs.rules)["tcp 1 to 10.0.0.0/8"]).toEqual({});
  expect(await read(made)).toEqual(made);
});

test("a change of them is an update that keeps the rules, in one request for each kind of change", async () => {
  const made = await make(handler, web());
  const { result, actions } = await recorded(endpoint, () =>
    change(handler, made, web({ tags: { Team: "shop" } })),
  );
  expect(actions).toEqual([expect.anything(), "CreateTags", "DeleteTags"]);
  expect(await lines(place)).toEqual([
    `1 10.0.0.0/8 Team=shop by ${STACK}`,
    `2 10.0.0.0/8 Team=db by ${STACK}`,
  ]);
  expect(result.outs.ruleIds).toEqual(made.outs.ruleIds);
  const without = await change(handler, result, web({ tags: null }));
  expect(without.outs).not.toHaveProperty("tags");
  expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${STACK}`, `2 10.0.0.0/8 Team=db by ${STACK}`]);
});

test("they are the same in EC2 whether the set or each rule declares them", async () => {
  const made = await make(handler, set(place, [to(1, "10.0.0.0/8", { tags: { Team: "web" } })]));
  const { actions } = await recorded(endpoint, () =>
    change(handler, made, set(place, [to(1, "10.0.0.0/8")], { tags: { Team: "web" } })),
  );
  expect(actions).toEqual([expect.stringContaining("Describe")]);
});

test.each<[string, (id: string) => Promise<void>]>([
  ["lost", (id) => removeTag(place, id, "Zone")],
  ["changed", (id) => setTag(place, id, "Zone", "lab")],
])("one that a rule has %s shows in a refresh, and the next up writes it again", async (_, drift) => {
  const made = await make(handler, web());
  await drift(idOf(made, "tcp 2 to 10.0.0.0/8"));
  const found = await read(made);
  expect(found.outs).not.toEqual(made.outs);
  const mended = await change(setsAt(endpoint), found, web());
  expect(mended.outs).toEqual(made.outs);
  expect(await lines(place)).toEqual([
    `1 10.0.0.0/8 Team=web Zone=shop by ${STACK}`,
    `2 10.0.0.0/8 Team=db Zone=shop by ${STACK}`,
  ]);
});

test("invalid tags fail, and so do too many together with a rule's and the stack's", async () => {
  const refusals = async (args: Props, using = handler) =>
    (await using.check({}, args)).failures.map(({ property, reason }) => `${property} ${reason}`.trim());
  expect(await refusals(web({ tags: "web" }))).toEqual([
    expect.stringMatching(/^tags "web" is not an object of strings/),
  ]);
  expect(await refusals(web({ tags: { "aws:x": "y" } }))).toEqual([
    expect.stringMatching(/^tags\["aws:x"\] keys that begin with "aws:"/),
  ]);
  const tags = Object.fromEntries(Array.from({ length: 47 }, (_, number) => [`key ${number}`, ""]));
  expect(await refusals(web({ tags }))).toEqual([]);
  const most = setsAt(endpoint, DEFAULTS);
  expect(await refusals(web({ tags: { ...tags, Team: "web" } }), most)).toEqual([]);
  expect(await refusals(web({ tags: { ...tags, Zone: "shop" } }), most)).toEqual([
    "rules[0].tags has 50 entries with those of the set and of aws:defaultTags: keep at most 49",
    "rules[1].tags has 50 entries with those of the set and of aws:defaultTags: keep at most 49",
  ]);
});

test("unknown tags are a change that replaces nothing", async () => {
  const made = await make(handler, web());
  for (const tags of [UNKNOWN, { Team: UNKNOWN, Zone: "shop" }]) {
    const news = await checked(handler, web({ tags }), made.inputs);
    expect(await handler.diff(made.id, made.outs, news)).toEqual({ changes: true, replaces: [] });
  }
});

test("a set that is only read takes none as its own, even if a transform adds them to all resources", async () => {
  await make(handler, web());
  const got = { id: place.group, inputs: {}, outs: { tags: { Team: "web", Zone: "shop" } } };
  const found = await read(got);
  expect(found.outs).not.toHaveProperty("tags");
  expect(found.outs.rules).toMatchObject({
    "tcp 1 to 10.0.0.0/8": { tags: { Team: "web", Zone: "shop" } },
  });
  expect(await read(found)).toEqual(found);
});
