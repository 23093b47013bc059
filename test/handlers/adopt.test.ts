import { AUTHORIZE, DESCRIBE, MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { existing, MARKS, RENEWED, web } from "./existing";
import {
  change,
  checked,
  errorOf,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import { authorize, OWNER_TAG, tcp } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

describe("a rule that is there without any mark", () => {
  test("is not taken unasked: the error says what it is and how to adopt it", async () => {
    const id = await existing(undefined, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("InvalidPermission.Duplicate");
    expect(message).toContain(`It is ${id}: description "by hand", tags {"Team":"ops"}, owner none.`);
    expect(message).toContain(`set adopt: true, or adopt: "${id}"`);
    expect(await place.rules()).toEqual(held);
  });

  test("says so where it has neither description nor tags", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`It is ${id}: description none, tags none, owner none.`);
  });

  strictly("is taken over by adopt: true, and marked", async () => {
    const id = await existing(undefined, { Stage: "old" });
    const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.id).toBe(id);
    expect(result.outs).not.toHaveProperty("adopt");
    const [rule] = await place.rules();
    expect(rule?.tags).toEqual(MARKS);
    expect(rule).not.toHaveProperty("description");
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });

  test("is taken over without a mark where the stack marks none", async () => {
    const id = await existing(undefined, { Team: "web" });
    const { owner: _, ...unmarked } = web({ adopt: true, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, unmarked));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE]);
    expect(result.id).toBe(id);
    // In the same run, the delete can only be that of the resource that had the rule before.
    await handler.delete(result.id, result.outs);
    expect(await place.rules()).toHaveLength(1);
    await handlerAt(endpoint).delete(result.id, result.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("is no longer changed by the resource that has had it, which gets one of its own in the next run", async () => {
    const old = await make(handler, web({ owner: "shop/test/old" }));
    await make(handler, web({ adopt: true }));
    const args = web({ owner: "shop/test/old", fromPort: 400 });
    const error = await errorOf(change(handler, old, args));
    expect(error.message).toContain(
      `changing rule ${old.id}: it belongs to another resource of this program now`,
    );
    expect(error.message).toContain("Run `pulumi up` again");
    expect(await place.rules()).toMatchObject([{ fromPort: 443 }]);

    const { properties }: Props = { ...error };
    const next = handlerAt(endpoint);
    expect(await next.read(old.id, Object(properties))).toEqual({ id: "", props: {} });
    const inputs = await checked(next, args, old.inputs);
    const { changes, replaces } = await next.diff(old.id, Object(properties), inputs);
    expect([changes, replaces]).toEqual([true, ["securityGroupRuleId"]]);
    const made = await next.create(inputs);
    expect(made.outs).not.toHaveProperty("passedOn");
    await next.delete(old.id, Object(properties));
    const held = await place.rules();
    expect(held.map(({ fromPort }) => fromPort).sort()).toEqual([400, 443]);
  });
});

describe("a rule that is there with the mark of another resource of this stack", () => {
  test("is not taken unasked: the error tells of aliases and adopt", async () => {
    const id = await existing("shop/test/old");
    // In a run of its own: that resource has no other rule there.
    const message = await failureOf(make(handlerAt(endpoint), web()));
    expect(message).toContain(
      `It is ${id}: description "by hand", tags none, owner "shop/test/old", of this stack.`,
    );
    expect(message).toContain("give it aliases or adopt: true");
  });

  test("is taken over by adopt: true", async () => {
    const id = await existing("shop/test/old");
    const { id: taken } = await make(handler, web({ adopt: true, description: "by hand" }));
    expect(taken).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(MARKS);
  });
});

describe("a rule that is there with the mark of another stack", () => {
  const OTHER = "shop/prod/web";

  test.each([false, true])("is not taken with adopt: %s; the error names its owner", async (adopt) => {
    const id = await existing(OTHER, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web({ adopt })));
    expect(message).toContain(`It is ${id}: description "by hand", tags {"Team":"ops"}, owner "${OTHER}".`);
    expect(message).toContain("Another program manages it");
    expect(message).toContain(`adopt: "${id}"`);
    expect(await place.rules()).toEqual(held);
  });

  test("is not taken for this stack's where one name begins with the other", async () => {
    await existing("shop/test-2/web");
    const message = await failureOf(make(handler, web({ adopt: true })));
    expect(message).toContain("Another program manages it");
  });

  test("is taken over by adopt with its id, and re-marked", async () => {
    const id = await existing(OTHER);
    const args = web({ adopt: id, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(MARKS);
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });
});

test("adopt: true makes the rule where there is none", async () => {
  const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
  expect(actions).toEqual([AUTHORIZE]);
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id }]);
});

test("an adoption that fails halfway is finished by the next `up`", async () => {
  const id = await existing("shop/prod/web", { Stage: "old" });
  await endpoint.deny(["DeleteTags"]);
  const args = web({ adopt: id, description: "by hand" });
  expect(await failureOf(make(handler, args))).toContain("Allow ec2:DeleteTags");
  await endpoint.deny([]);
  const made = await make(handler, args);
  expect(made.id).toBe(id);
  expect((await place.rules())[0]?.tags).toEqual({ ...MARKS, [OWNER_TAG]: expect.stringMatching(RENEWED) });
});
