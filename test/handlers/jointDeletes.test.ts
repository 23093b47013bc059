import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../actions";
import { endpoint } from "../world";
import { type Handler, handlerAt, type Resource, recorded } from "./handler";
import { made, revokeAll, web } from "./many";
import { place } from "./ownPlace";
import { makePlace, OWNER_TAG, setTag } from "./place";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

describe("rules that are deleted at once", () => {
  const deleting = (resources: readonly Resource[]) =>
    recorded(endpoint, () => Promise.all(resources.map(({ id, outs }) => handler.delete(id, outs))));

  test("go, but for those that are gone already or another's", async () => {
    const said = jest.spyOn(console, "error").mockImplementation(() => {});
    const resources = await made(handler, web(place, 20));
    await revokeAll(place, resources.slice(0, 3));
    const others = resources.slice(10, 12);
    for (const { id } of others) await setTag(place, id, OWNER_TAG, "shop/prod/api");
    const { actions } = await deleting(resources);
    said.mockRestore();
    // One that is gone refuses them all. Plain moto names one at a time: then they are looked up.
    const lookedUp = process.env.EC2_ENDPOINT === "plain" ? [DESCRIBE, REVOKE] : [];
    expect(actions).toEqual([DESCRIBE, REVOKE, REVOKE, ...lookedUp]);
    const left = (await place.rules()).map((rule) => rule.securityGroupRuleId).sort();
    expect(left).toEqual(others.map(({ id }) => id).sort());
  });

  test("go where some go by another hand in the same moment", async () => {
    const resources = await made(handler, web(place, 20));
    const again = resources.map(({ id, outs }) => handlerAt(endpoint).delete(id, outs));
    await deleting(resources);
    await Promise.all(again);
    expect(await place.rules()).toEqual([]);
  });

  test("count as deleted where their group is gone", async () => {
    const own = await makePlace(endpoint);
    const resources = await made(handler, web(own, 5));
    await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE]);
  });

  test("of two groups are two calls", async () => {
    const groups = await endpoint.makeGroups(2);
    const resources = await made(
      handler,
      groups.flatMap((group) => web({ group }, 5)),
    );
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE, REVOKE]);
  });
});
