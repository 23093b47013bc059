import { DESCRIBE } from "../actions";
import { known } from "../known";
import { endpoint } from "../world";
import { failuresOf, REGION, WEB } from "./checking";
import { web } from "./existing";
import {
  change,
  handlerAt,
  make,
  type Props,
  type Resource,
  recorded,
  refresh,
  type StackConfig,
} from "./handler";
import { place } from "./ownPlace";
import { CLAIM, OWNER_TAG, setTag } from "./place";
import { set, setsAt, to } from "./ruleSet/sets";

const IGNORED = {
  "aws:ignoreTags": JSON.stringify({ keys: ["Cost"], keyPrefixes: ["cost:", "pulumi-aws-egress:"] }),
};
/** A tag that someone else's tool keeps on rules. */
const OF_OTHERS = { Cost: "42", "cost:center": "web" };

/** Each resource, in its own engine run, whose one rule has the tag Team. */
const RESOURCES = [
  {
    resource: "an EgressRule",
    run: (config: StackConfig = IGNORED) => handlerAt(endpoint, { ...config }),
    declared: (more: Props = {}) => web({ tags: { Team: "web" }, ...more }),
    tagged: (tags: Props) => web({ tags }),
  },
  {
    resource: "an EgressRuleSet",
    run: (config: StackConfig = IGNORED) => setsAt(endpoint, { ...config }),
    declared: (more: Props = {}) => set(place, [to(443, "10.0.0.0/16", { tags: { Team: "web" } })], more),
    tagged: (tags: Props) => set(place, [to(443, "10.0.0.0/16", { tags })]),
  },
];

async function tagByOthers(): Promise<void> {
  const [rule] = await place.rules();
  const id = known(rule).securityGroupRuleId;
  for (const [key, value] of Object.entries(OF_OTHERS)) await setTag(place, id, key, value);
}

const tags = async () => known((await place.rules())[0]).tags;
const read = async (handler: ReturnType<typeof handlerAt>, resource: Resource) =>
  known(await refresh(handler, resource));

describe.each(RESOURCES)("$resource", ({ run, declared, tagged }) => {
  test("does not see ignored tags, and leaves them in place", async () => {
    const made = await make(run(), declared());
    await tagByOthers();
    const found = await read(run(), made);
    expect(found).toEqual(made);
    const { actions } = await recorded(endpoint, () => change(run(), found, declared()));
    expect(actions).toEqual([]);
    expect(await tags()).toEqual({ Team: "web", ...OF_OTHERS, [OWNER_TAG]: CLAIM });
  });

  test("leaves ignored tags in place when it changes its own", async () => {
    const made = await make(run(), declared());
    await tagByOthers();
    await change(run(), await read(run(), made), tagged({ Team: "ops" }));
    expect(await tags()).toEqual({ Team: "ops", ...OF_OTHERS, [OWNER_TAG]: CLAIM });
    await change(run(), await read(run(), made), tagged({}));
    expect(await tags()).toEqual({ ...OF_OTHERS, [OWNER_TAG]: CLAIM });
  });

  test("leaves tags in place that its state holds from before they were ignored", async () => {
    const made = await make(run({}), declared());
    await tagByOthers();
    const seen = await read(run({}), made);
    expect(JSON.stringify(seen.outs)).toContain("cost:center");
    const { actions } = await recorded(endpoint, () => change(run(), seen, declared()));
    expect(actions).toEqual([]);
    await change(run(), seen, tagged({ Team: "ops" }));
    expect(await tags()).toEqual({ Team: "ops", ...OF_OTHERS, [OWNER_TAG]: CLAIM });
  });

  test("leaves tags in place that it declared before they were ignored", async () => {
    const made = await make(run({}), tagged({ Team: "web", Cost: "7" }));
    const { actions } = await recorded(endpoint, () => change(run(), made, declared()));
    expect(actions).toEqual([]);
    expect(await tags()).toMatchObject({ Cost: "7" });
  });

  test("leaves ignored tags on a rule that it takes over", async () => {
    await make(run({}), tagged({ Old: "1" }));
    await tagByOthers();
    await make(run(), declared());
    expect(await tags()).toEqual({ Team: "web", ...OF_OTHERS, [OWNER_TAG]: CLAIM });
  });

  test("sees its claim, which is never ignored", async () => {
    const made = await make(run(), declared());
    const { result, actions } = await recorded(endpoint, () => read(run(), made));
    expect(actions).toEqual([DESCRIBE]);
    expect(result.outs.claim).toEqual(CLAIM);
  });

  test("does not write ignored tags from aws:defaultTags", async () => {
    const defaults = { "aws:defaultTags": '{"tags": {"Cost": "1", "Stage": "test"}}' };
    const made = await make(run({ ...IGNORED, ...defaults }), declared());
    expect(await tags()).toEqual({ Team: "web", Stage: "test", [OWNER_TAG]: CLAIM });
    expect(await read(run({ ...IGNORED, ...defaults }), made)).toEqual(made);
  });
});

test("a tag that is both declared and ignored is an error, because the rule would never get it", async () => {
  expect(await failuresOf({ ...WEB, tags: { "cost:center": "web" } }, { ...REGION, ...IGNORED })).toEqual({
    'tags["cost:center"]': "is ignored by aws:ignoreTags: remove it here or there",
  });
  const { failures } = await setsAt(endpoint, IGNORED).check(
    {},
    set(place, [to(1, "10.0.0.0/8", { tags: { Cost: "1" } })]),
  );
  expect(failures).toEqual([
    {
      property: "",
      reason: 'rules[0].tags["Cost"] is ignored by aws:ignoreTags: remove it here or there',
    },
  ]);
});
