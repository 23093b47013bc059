import { DESCRIBE, MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  checked,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import {
  CLAIM,
  destination,
  KINDS,
  type Kind,
  OTHERS_CLAIM,
  OWNER_TAG,
  revoke,
  STACK,
  setTag,
} from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

/** A rule as a program declares it, apart from its destination. */
const BEFORE = {
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  description: "before",
  tags: { Stage: "test", Team: "web" },
};

interface Change {
  readonly name: string;
  /** The declarations before and after. */
  readonly before: Props;
  readonly after: Props;
  readonly calls: readonly string[];
}

const { description: _, ...UNDESCRIBED } = BEFORE;
const { tags: __, ...UNTAGGED } = BEFORE;

const CHANGES: readonly Change[] = [
  { name: "nothing", before: BEFORE, after: BEFORE, calls: [] },
  {
    name: "the description",
    before: BEFORE,
    after: { ...BEFORE, description: "after" },
    calls: [MODIFY],
  },
  { name: "the description, now set", before: UNDESCRIBED, after: BEFORE, calls: [MODIFY] },
  { name: "the description, now removed", before: BEFORE, after: UNDESCRIBED, calls: [MODIFY] },
  { name: "tags, now set", before: UNTAGGED, after: BEFORE, calls: ["CreateTags"] },
  {
    name: "the value of a tag",
    before: BEFORE,
    after: { ...BEFORE, tags: { Stage: "test", Team: "platform" } },
    calls: ["CreateTags"],
  },
  {
    name: "a tag, now removed",
    before: BEFORE,
    after: { ...BEFORE, tags: { Team: "web" } },
    calls: ["DeleteTags"],
  },
  { name: "all tags, now removed", before: BEFORE, after: UNTAGGED, calls: ["DeleteTags"] },
  {
    name: "everything that can change in place",
    before: BEFORE,
    after: { ...BEFORE, description: "after", tags: { Team: "platform", Tier: "1" } },
    calls: [MODIFY, "CreateTags", "DeleteTags"],
  },
];

function declare(kind: Kind, rule: Props): Props {
  return { securityGroupId: place.group, owner: STACK, ...destination(kind, place), ...rule };
}

/** What EC2 must hold for these arguments, under this claim. */
function heldOf({ securityGroupId, owner, tags, ...rule }: Props, { id, outs }: Resource): Props {
  return { securityGroupRuleId: id, ...rule, tags: { ...Object(tags), [OWNER_TAG]: outs.claim } };
}

describe.each(KINDS)("of a rule to %s", (kind) => {
  describe.each(CHANGES)("$name", ({ before, after, calls }) => {
    const removesText = before.description !== undefined && after.description === undefined;
    const motoCan = kind === "IPv4" && !removesText;
    const onKind = motoCan ? test : strictly;

    onKind(`changes in place, by ${calls.join(" and ") || "no call at all"}`, async () => {
      const made = await make(handler, declare(kind, before));
      const args = declare(kind, after);
      const { result, actions } = await recorded(endpoint, () => change(handler, made, args));

      expect(actions).toEqual(calls);
      expect(result.id).toBe(made.id);
      expect(await place.rules()).toEqual([heldOf(args, made)]);
      const { securityGroupRuleId, arn, claim } = made.outs;
      expect(claim).toEqual(CLAIM);
      expect(result.outs).toEqual({ ...result.inputs, securityGroupRuleId, arn, claim });
      // Neither a refresh nor the next `up` finds more to do.
      expect(await refresh(handler, result)).toEqual(result);
      expect((await recorded(endpoint, () => change(handler, result, args))).actions).toEqual([]);
    });
  });
});

describe("an update", () => {
  test("to the stack's default tags reaches the rule", async () => {
    const stack = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });
    const args = declare("IPv4", BEFORE);
    const made = await make(stack({ Stage: "prod", Cost: "1" }), args);
    const after = stack({ Stage: "prod", Cost: "2" });
    const { result, actions } = await recorded(endpoint, () => change(after, made, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs).toMatchObject({ tags: BEFORE.tags, tagsAll: { ...BEFORE.tags, Cost: "2" } });
    expect(await place.rules()).toMatchObject([
      { tags: { Cost: "2", Stage: "test", Team: "web", [OWNER_TAG]: CLAIM } },
    ]);
    expect(await refresh(after, result)).toEqual(result);
  });

  test("to a tag that moves to the stack's default tags, and back, shows in the outputs without a call", async () => {
    const stack = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });
    const [onRule, inDefaults] = [stack({}), stack({ Stage: "test" })];
    const [args, less] = [declare("IPv4", BEFORE), declare("IPv4", { ...BEFORE, tags: { Team: "web" } })];
    const made = await make(onRule, args);
    const there = await recorded(endpoint, () => change(inDefaults, made, less));
    expect(there.result.outs).toMatchObject({ tags: { Team: "web" }, tagsAll: BEFORE.tags });
    expect(await refresh(inDefaults, there.result)).toEqual(there.result);
    const back = await recorded(endpoint, () => change(onRule, there.result, args));
    expect(back.result.outs).toEqual(made.outs);
    expect([...there.actions, ...back.actions]).toEqual([]);
  });

  test("claims an unclaimed rule, after a look-up confirms that it is unclaimed", async () => {
    const { owner: _, ...unclaimed } = declare("IPv4", BEFORE);
    const made = await make(handler, unclaimed);
    const args = declare("IPv4", BEFORE);
    const { result, actions } = await recorded(endpoint, () => change(handler, made, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs.claim).toEqual(CLAIM);
    expect(await place.rules()).toEqual([heldOf(args, result)]);
  });

  test("does not claim a rule that another stack has taken: the error names that stack", async () => {
    const { owner: _, ...unclaimed } = declare("IPv4", BEFORE);
    const made = await make(handler, unclaimed);
    await setTag(place, made.id, OWNER_TAG, OTHERS_CLAIM);
    const held = await place.rules();
    const args = declare("IPv4", { ...BEFORE, description: "after" });
    const message = await failureOf(change(handler, made, args));
    expect(message).toContain(`changing rule ${made.id}: the stack "acme/shop/prod" manages it now.`);
    expect(await place.rules()).toEqual(held);
  });

  test("keeps the claim if the stack no longer claims rules", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const { owner: _, ...unclaimed } = declare("IPv4", { ...BEFORE, tags: { Team: "web" } });
    const { result, actions } = await recorded(endpoint, () => change(handler, made, unclaimed));
    expect(actions).toEqual(["DeleteTags"]);
    expect(result.outs).not.toHaveProperty("owner");
    expect(result.outs.claim).toBe(made.outs.claim);
    expect(await place.rules()).toEqual([heldOf(unclaimed, made)]);
    expect(await refresh(handler, result)).toEqual(result);
  });

  test("leaves a rule unclaimed if neither state nor stack has a claim", async () => {
    const { owner: _, ...unclaimed } = declare("IPv4", BEFORE);
    const made = await make(handler, unclaimed);
    const result = await change(handler, made, { ...unclaimed, description: "after" });
    expect(result.outs).toMatchObject({ description: "after" });
    expect(result.outs).not.toHaveProperty("claim");
    const [rule] = await place.rules();
    expect(rule).toMatchObject({ description: "after" });
    expect(rule?.tags).toEqual(BEFORE.tags);
  });

  test("claims the rule for the stack's new name, along with another change", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const tags = { ...BEFORE.tags, Team: "platform" };
    const args = { ...declare("IPv4", { ...BEFORE, tags }), owner: "shop/renamed" };
    const { result, actions } = await recorded(endpoint, () => change(handler, made, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs.claim).toMatch(/^shop\/renamed@[0-9a-z]{8}$/);
    expect(await place.rules()).toEqual([heldOf(args, result)]);
    expect(await refresh(handler, result)).toEqual(result);
  });

  test("in a later run leaves the claim unchanged", async () => {
    const made = await make(handlerAt(endpoint), declare("IPv4", BEFORE));
    const args = declare("IPv4", { ...BEFORE, tags: { ...BEFORE.tags, Team: "platform" } });
    const result = await change(handlerAt(endpoint), made, args);
    expect(result.outs.claim).toBe(made.outs.claim);
    expect(await place.rules()).toEqual([heldOf(args, made)]);
  });

  test("without any difference leaves its state complete", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    const { result, actions } = await recorded(endpoint, () =>
      handler.update(made.id, made.outs, made.inputs),
    );
    expect(actions).toEqual([]);
    expect({ ...result.outs, __provider: made.outs.__provider }).toEqual(made.outs);
  });

  test("to a missing rule fails, and says what to do", async () => {
    const made = await make(handler, declare("IPv4", BEFORE));
    await revoke(place, made.id);
    const args = declare("IPv4", { ...BEFORE, description: "after" });
    const message = await failureOf(change(handler, made, args));
    expect(message).toContain(`changing rule ${made.id} to tcp 443 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("InvalidSecurityGroupRuleId.NotFound");
    expect(message).toContain("run `pulumi refresh`, then `pulumi up`");
  });
});

test("check makes no call for an update", async () => {
  const made = await make(handler, declare("IPv4", BEFORE));
  const args = declare("IPv4", { ...BEFORE, description: "after" });
  const { actions } = await recorded(endpoint, () => checked(handler, args, made.inputs));
  expect(actions).toEqual([]);
});
