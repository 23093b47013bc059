import { isRecord } from "../../provider/rule/record";
import { DESCRIBE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  checked,
  errorOf,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  plain,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import { CLAIM, OWNER_TAG, STACK } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

function declared(): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.0.0/16",
    description: "before",
    tags: { Stage: "test", Team: "web" },
    owner: STACK,
  };
}

/** Changes that take a call each: of the description, of a tag, and the removal of a tag. */
function changed(): Props {
  return { ...declared(), description: "after", tags: { Team: "platform" } };
}

/** What the engine receives from an update that failed after some of its calls, and keeps in state. */
async function failHalfway(resource: Resource, args: Props) {
  const inputs = await checked(handler, args, resource.inputs);
  const error = await errorOf(handler.update(resource.id, resource.outs, inputs));
  const { id, properties, reasons }: Props = { ...error };
  if (!isRecord(properties)) throw error;
  return { message: error.message, id, reasons, state: { id: resource.id, inputs, outs: plain(properties) } };
}

describe("an update that fails after the description changed", () => {
  test("returns the rule's id and its whole state", async () => {
    const made = await make(handler, declared());
    await endpoint.deny(["CreateTags"]);
    const { id, message, reasons, state } = await failHalfway(made, changed());

    expect(id).toBe(made.id);
    expect(message).toContain(`tagging rule ${made.id} on ${place.group} (us-east-1): UnauthorizedOperation`);
    expect(message).toContain("Allow ec2:CreateTags");
    expect(reasons).toEqual([message]);
    expect(state.outs).toEqual({ ...made.outs, description: "after" });
    expect(await place.rules()).toMatchObject([
      { description: "after", tags: { Stage: "test", Team: "web", [OWNER_TAG]: CLAIM } },
    ]);
  });

  test("leaves the same state that a refresh reads", async () => {
    const made = await make(handler, declared());
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, changed());
    expect((await refresh(handler, state))?.outs).toEqual(state.outs);
  });

  test("is finished by the next update, with the remaining calls", async () => {
    const made = await make(handler, declared());
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, changed());
    await endpoint.deny([]);

    const { result, actions } = await recorded(endpoint, () => change(handler, state, changed()));
    expect(actions).toEqual(["CreateTags", "DeleteTags"]);
    expect(result.outs).toMatchObject({ ...changed(), tagsAll: { Team: "platform" } });
    expect(await place.rules()).toMatchObject([{ description: "after", tags: { Team: "platform" } }]);
    expect(await refresh(handler, result)).toEqual(result);
  });

  test("does not prevent a delete", async () => {
    const made = await make(handler, declared());
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, changed());
    await handler.delete(state.id, state.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("keeps the rule without a claim in state if the rule did not get its claim", async () => {
    const { owner: _, ...unclaimed } = declared();
    const made = await make(handler, unclaimed);
    const args = { ...declared(), description: "after" };
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, args);
    expect(state.outs).toEqual({ ...made.outs, owner: STACK, description: "after" });
    expect((await refresh(handler, state))?.outs).toEqual(state.outs);
    await endpoint.deny([]);
    const { result, actions } = await recorded(endpoint, () => change(handler, state, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs).toEqual({ ...state.outs, claim: CLAIM });
    expect(await place.rules()).toMatchObject([{ tags: { [OWNER_TAG]: result.outs.claim } }]);
  });

  test("keeps the claim of the stack's old name in state until the rule has the new one", async () => {
    const made = await make(handler, declared());
    const args = { ...declared(), owner: "shop/renamed", description: "after" };
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, args);
    expect(state.outs).toMatchObject({ owner: "shop/renamed", claim: made.outs.claim });
    expect((await refresh(handler, state))?.outs).toEqual(state.outs);
    await endpoint.deny([]);
    const { result, actions } = await recorded(endpoint, () => change(handler, state, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs.claim).toMatch(/^shop\/renamed@/);
  });

  strictly("keeps the removed description out of state", async () => {
    const made = await make(handler, declared());
    const { description: _, ...args } = changed();
    await endpoint.deny(["CreateTags"]);
    const { state } = await failHalfway(made, args);
    expect(state.outs).not.toHaveProperty("description");
    expect((await refresh(handler, state))?.outs).toEqual(state.outs);
  });
});

describe("an update that fails after it set tags", () => {
  test("keeps both the new tags and the ones still to remove in state", async () => {
    const made = await make(handler, declared());
    await endpoint.deny(["DeleteTags"]);
    const { message, state } = await failHalfway(made, changed());
    expect(message).toContain(`removing tags of rule ${made.id}`);
    expect(message).toContain("Allow ec2:DeleteTags");
    expect(state.outs.tagsAll).toEqual({ Stage: "test", Team: "platform" });
    await endpoint.deny([]);

    const { result, actions } = await recorded(endpoint, () => change(handler, state, changed()));
    expect(actions).toEqual(["DeleteTags"]);
    expect(await place.rules()).toMatchObject([{ tags: { Team: "platform", [OWNER_TAG]: CLAIM } }]);
    expect(await refresh(handler, result)).toEqual(result);
  });
});

describe("an update whose first call fails", () => {
  test.each([
    ["ModifySecurityGroupRules", changed],
    ["CreateTags", () => ({ ...declared(), tags: { ...Object(declared().tags), Team: "platform" } })],
    ["DeleteTags", () => ({ ...declared(), tags: { Team: "web" } })],
  ])("%s leaves state and rule unchanged, and names the missing permission", async (action, args) => {
    const made = await make(handler, declared());
    const held = await place.rules();
    await endpoint.deny([action]);
    const message = await failureOf(change(handler, made, args()));
    expect(message).toContain(made.id);
    expect(message).toContain(`Allow ec2:${action} to the current credentials.`);
    expect(await place.rules()).toEqual(held);
  });
});
