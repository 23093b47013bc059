import { DeleteSecurityGroupCommand, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../actions";
import { endpoint } from "../world";
import { type Handler, handlerAt, type Resource, recorded } from "./handler";
import { made, revokeAll, web } from "./many";
import { place } from "./ownPlace";
import { makePlace, OTHERS_CLAIM, OWNER_TAG, setTag } from "./place";

let handler: Handler;

let said: jest.SpyInstance;

beforeEach(() => {
  handler = handlerAt(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => said.mockRestore());

describe("rules that are deleted at once", () => {
  const deleting = (resources: readonly Resource[]) =>
    recorded(endpoint, () => Promise.all(resources.map(({ id, outs }) => handler.delete(id, outs))));

  test("go, except those that are already gone or another stack's", async () => {
    const resources = await made(handler, web(place, 20));
    await revokeAll(place, resources.slice(0, 3));
    const others = resources.slice(10, 12);
    for (const { id } of others) await setTag(place, id, OWNER_TAG, OTHERS_CLAIM);
    const { actions } = await deleting(resources);
    // A missing rule refuses them all, and a lookup shows which ones are missing.
    expect(actions).toEqual([DESCRIBE, REVOKE, DESCRIBE, REVOKE]);
    expect(said.mock.calls.flat()).toEqual(
      others.map(
        ({ id }) => `rule ${id} on ${place.group} is left in place: "${OTHERS_CLAIM}" claims it now`,
      ),
    );
    const left = (await place.rules()).map((rule) => rule.securityGroupRuleId).sort();
    expect(left).toEqual(others.map(({ id }) => id).sort());
  });

  test("go even if somebody revokes some at the same moment", async () => {
    const resources = await made(handler, web(place, 20));
    const again = resources.map(({ id, outs }) => handlerAt(endpoint).delete(id, outs));
    await deleting(resources);
    await Promise.all(again);
    expect(await place.rules()).toEqual([]);
  });

  test("count as deleted if their group is gone", async () => {
    const own = await makePlace(endpoint);
    const resources = await made(handler, web(own, 5));
    await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE]);
  });

  test("take two calls in two groups", async () => {
    const groups = await endpoint.makeGroups(2);
    const resources = await made(
      handler,
      groups.flatMap((group) => web({ group }, 5)),
    );
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE, REVOKE]);
  });

  test("of one group wait four seconds at most for another group's look-up that hangs", async () => {
    const [one = "", other = ""] = await endpoint.makeGroups(2);
    const [quick, slow] = [
      await made(handler, web({ group: one }, 5)),
      await made(handler, web({ group: other }, 5)),
    ];
    const remove = (resources: readonly Resource[]) =>
      Promise.all(resources.map(({ id, outs }) => handler.delete(id, outs)));
    const looking = await endpoint.hold({ action: DESCRIBE });
    const going = remove(quick);
    await looking.reached();
    // The other group's rules are looked up as soon as these have been.
    const hanging = await endpoint.hold({ action: DESCRIBE });
    const held = remove(slow);
    await looking.release();
    await hanging.reached();
    const start = Date.now();
    await going;
    expect(Date.now() - start).toBeLessThan(6_000);
    expect(webRules(await endpoint.rules(one))).toHaveLength(0);
    expect(webRules(await endpoint.rules(other))).toHaveLength(5);
    await hanging.release();
    await held;
    expect(webRules(await endpoint.rules(other))).toHaveLength(0);
  });
});

/** All except each group's initial one. */
function webRules(rules: readonly SecurityGroupRule[]): SecurityGroupRule[] {
  return rules.filter(({ IpProtocol }) => IpProtocol === "tcp");
}
