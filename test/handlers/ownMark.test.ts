import { AUTHORIZE, DESCRIBE, MODIFY } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { existing, RENEWED, web } from "./existing";
import { checked, type Handler, handlerAt, make, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { authorize, OWNER, OWNER_TAG, tcp } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

describe("a rule that is there with this resource's own mark", () => {
  test("is its own: taken, its mark renewed, without a call too many", async () => {
    const id = await existing(OWNER, { Team: "web" });
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, web({ description: "by hand" })),
    );
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect(result.outs.owner).toMatch(RENEWED);
    expect(await refresh(handler, result)).toEqual(result);
  });

  test("is kept from the delete of its earlier self, as in a forced replacement", async () => {
    const before = await make(handler, web());
    const after = await make(handler, web());
    expect(after.id).toBe(before.id);
    // In this run, and in a later one.
    const later = handlerAt(endpoint);
    await later.diff(after.id, after.outs, await checked(later, web(), after.inputs));
    for (const deleting of [handler, later]) await deleting.delete(before.id, before.outs);
    expect(await place.rules()).toHaveLength(1);
    await handlerAt(endpoint).delete(after.id, after.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("is kept from that in a later run too, where a refresh has told the earlier self of the new mark", async () => {
    const before = await make(handlerAt(endpoint), web());
    const after = await make(handlerAt(endpoint), web());
    const refreshing = handlerAt(endpoint);
    const [pending, held] = [
      known(await refresh(refreshing, before)),
      known(await refresh(refreshing, after)),
    ];
    const later = handlerAt(endpoint);
    await later.diff(held.id, held.outs, await checked(later, web(), held.inputs));
    await later.delete(pending.id, pending.outs);
    expect(await place.rules()).toHaveLength(1);
  });

  test("goes with its earlier self, where the program has none and no state was ever written of the new one", async () => {
    const before = await make(handlerAt(endpoint), web());
    await make(handlerAt(endpoint), web());
    await handlerAt(endpoint).delete(before.id, before.outs);
    expect(await place.rules()).toEqual([]);
  });

  strictly("has its description and tags brought right", async () => {
    const id = await existing(OWNER, { Stage: "old", Team: "old" });
    const args = web({ description: "package updates" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.id).toBe(id);
    const tags = { Team: "web", [OWNER_TAG]: expect.stringMatching(RENEWED) };
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: id, description: "package updates" }]);
    expect((await place.rules())[0]?.tags).toEqual(tags);
    expect(await refresh(handler, result)).toEqual(result);
  });

  strictly("is found in another spelling too", async () => {
    const id = await authorize(
      place,
      { ...tcp(443, "10.0.3.4/16"), IpProtocol: "6" },
      { [OWNER_TAG]: OWNER },
    );
    expect((await make(handler, web())).id).toBe(id);
  });
});
