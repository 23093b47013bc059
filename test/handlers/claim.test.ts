import { AUTHORIZE, DESCRIBE, MODIFY } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { CLAIMED, existing, web } from "./existing";
import {
  checked,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import { authorize, CLAIM, OLD_CLAIM, OWNER_TAG, tcp } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

beforeEach(() => {
  jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(async () => {
  jest.restoreAllMocks();
  await endpoint.befall([]);
});

const claimInEc2 = async () => known((await place.rules())[0]).tags[OWNER_TAG];

describe("a rule with this stack's claim from an earlier run", () => {
  test("is taken over without adopt, and its claim is renewed with the fewest calls", async () => {
    const id = await existing(OLD_CLAIM, { Team: "web" });
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, web({ description: "by hand" })),
    );
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect(result.outs.claim).toEqual(CLAIM);
    expect(result.outs.claim).not.toBe(OLD_CLAIM);
    expect(await claimInEc2()).toBe(result.outs.claim);
    expect(await refresh(handler, result)).toEqual(result);
  });

  strictly("is updated to the declared description and tags", async () => {
    const id = await existing(OLD_CLAIM, { Stage: "old", Team: "old" });
    const args = web({ description: "package updates" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.id).toBe(id);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: id, description: "package updates" }]);
    expect((await place.rules())[0]?.tags).toEqual(CLAIMED);
    expect(await refresh(handler, result)).toEqual(result);
  });

  strictly("is found in another spelling too", async () => {
    const id = await authorize(
      place,
      { ...tcp(443, "10.0.3.4/16"), IpProtocol: "6" },
      { [OWNER_TAG]: OLD_CLAIM },
    );
    expect((await make(handler, web())).id).toBe(id);
  });

  test("is taken over by the next `up` if the first could not claim it", async () => {
    const id = await existing(OLD_CLAIM);
    const args = web({ description: "by hand" });
    const fault = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;
    await endpoint.befall([{ action: "CreateTags", fault }]);
    expect(await failureOf(make(handler, args))).toContain(`tagging rule ${id} on ${place.group}`);
    expect(await claimInEc2()).toBe(OLD_CLAIM);
    const made = await make(handlerAt(endpoint), args);
    expect(made.id).toBe(id);
    expect(await claimInEc2()).toBe(made.outs.claim);
  });
});

describe("a rule that another resource of this stack has taken over", () => {
  /**
   * As after a rename without aliases, or a forced replacement: the new resource is created before the old one goes.
   */
  async function takenOver(run: Handler): Promise<{ before: Resource; after: Resource }> {
    const before = await make(handlerAt(endpoint), web());
    const after = await make(run, web());
    expect(after.id).toBe(before.id);
    return { before, after };
  }

  test("survives the delete of its old resource in the same run", async () => {
    const { before, after } = await takenOver(handler);
    await handler.delete(before.id, before.outs);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: after.id }]);
    await handlerAt(endpoint).delete(after.id, after.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("survives it if one run made both, with the same claim", async () => {
    const run = handlerAt(endpoint);
    const before = await make(run, web());
    const after = await make(run, web());
    expect(after.outs.claim).toBe(before.outs.claim);
    await run.delete(before.id, before.outs);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: after.id }]);
  });

  test("survives it in a later run, if the engine deletes only then", async () => {
    const { before, after } = await takenOver(handlerAt(endpoint));
    await handlerAt(endpoint).delete(before.id, before.outs);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: after.id }]);
  });

  test("is gone only for its old resource", async () => {
    const { before, after } = await takenOver(handlerAt(endpoint));
    expect(await refresh(handlerAt(endpoint), before)).toBeUndefined();
    expect(await refresh(handlerAt(endpoint), after)).toEqual(after);
  });

  test("stays with the new resource at the next `up`, without a change", async () => {
    const { after } = await takenOver(handlerAt(endpoint));
    const later = handlerAt(endpoint);
    const inputs = await checked(later, web(), after.inputs);
    expect(await later.diff(after.id, after.outs, inputs)).toEqual({ changes: false, replaces: [] });
  });
});

test("a rule from a run that never wrote its state is taken over by the next run", async () => {
  const { id } = await make(handlerAt(endpoint), web());
  const again = await make(handlerAt(endpoint), web());
  expect(again.id).toBe(id);
  expect(await place.rules()).toHaveLength(1);
});
