import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { declare } from "./declare";
import { change, failureOf, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import {
  CLAIM,
  destination,
  KINDS,
  makePlace,
  OLD_CLAIM,
  OTHERS_CLAIM,
  OWNER_TAG,
  removeTag,
  revoke,
  setTag,
} from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

describe.each(KINDS)("a rule to %s", (kind) => {
  const isRange = kind === "IPv4" || kind === "IPv6";

  (isRange ? test : strictly)("is read by one call, as it was made", async () => {
    const made = await make(handler, declare(kind));
    const { result, actions } = await recorded(endpoint, () => refresh(handler, made));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toEqual(made);
  });

  (isRange ? test : strictly)("is found gone", async () => {
    const made = await make(handler, declare(kind));
    await revoke(place, made.id);
    const { result, actions } = await recorded(endpoint, () => handler.read(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toEqual({ id: "", props: {} });
  });
});

test("a rule whose group is gone is gone too", async () => {
  const own = await makePlace(endpoint);
  const made = await make(handler, declare("IPv4", { securityGroupId: own.group }));
  await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
  expect(await refresh(handler, made)).toBeUndefined();
});

describe("the claim", () => {
  test.each([
    ["of another stack", OTHERS_CLAIM],
    ["of this stack, of another run", OLD_CLAIM],
  ])("%s means that somebody else holds the rule: it is gone from state", async (_, claim) => {
    const made = await make(handler, declare("IPv4"));
    await setTag(place, made.id, OWNER_TAG, claim);
    expect(await handler.read(made.id, made.outs)).toEqual({ id: "", props: {} });
  });

  test("means the same if it is new on a rule whose state has none", async () => {
    const { owner: _, ...unclaimed } = declare("IPv4");
    const made = await make(handler, unclaimed);
    await setTag(place, made.id, OWNER_TAG, OTHERS_CLAIM);
    expect(await refresh(handler, made)).toBeUndefined();
  });

  test("shows as missing if the rule lost it, and the next `up` restores it", async () => {
    const made = await make(handler, declare("IPv4"));
    await removeTag(place, made.id, OWNER_TAG);
    const read = known(await refresh(handler, made));
    const { claim, ...unclaimed } = made.outs;
    expect(claim).toEqual(CLAIM);
    expect(read.outs).toEqual(unclaimed);
    expect(read.inputs).toEqual(made.inputs);
    const { result, actions } = await recorded(endpoint, () => change(handler, read, declare("IPv4")));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs).toEqual(made.outs);
    expect((await place.rules())[0]?.tags).toEqual({ Stage: "test", Team: "web", [OWNER_TAG]: claim });
  });

  test("is not one of the rule's own tags", async () => {
    const made = await make(handler, declare("IPv4"));
    expect(JSON.stringify(known(await refresh(handler, made)))).not.toContain(OWNER_TAG);
  });
});

describe("default tags of the stack", () => {
  const tagged = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });

  test("are kept apart from the rule's own", async () => {
    const made = await make(tagged({ Cost: "1", Team: "web" }), declare("IPv4", { tags: { Team: "web" } }));
    const read = known(await refresh(tagged({ Cost: "1", Team: "web" }), made));
    expect(read.outs).toMatchObject({ tags: { Team: "web" }, tagsAll: { Cost: "1", Team: "web" } });
    expect(read).toEqual(made);
  });

  test("show as drift if changed on the rule", async () => {
    const args = declare("IPv4", { tags: { Team: "web" } });
    const stack = tagged({ Cost: "1" });
    const made = await make(stack, args);
    await setTag(place, made.id, "Cost", "2");
    const read = known(await refresh(stack, made));
    const tags = { Cost: "2", Team: "web" };
    expect(read.outs).toMatchObject({ tags, tagsAll: tags });
    const { result, actions } = await recorded(endpoint, () => change(stack, read, args));
    expect(actions).toEqual(["CreateTags"]);
    expect(result.outs).toEqual(made.outs);
  });
});

strictly("the rule's own account in a program is not drift", async () => {
  const ownGroup = { ...destination("a group", place), referencedSecurityGroupOwnerId: "123456789012" };
  const { cidrIpv4: _, ...args } = declare("IPv4", ownGroup);
  const made = await make(handler, args);
  expect(made.outs).toMatchObject(ownGroup);
  expect(await refresh(handler, made)).toEqual(made);
});

test("without permission to read, the error names the action", async () => {
  const made = await make(handler, declare("IPv4"));
  await endpoint.deny([DESCRIBE]);
  const message = await failureOf(refresh(handler, made));
  expect(message).toContain(`reading rule ${made.id} (us-east-1): UnauthorizedOperation`);
  expect(message).toContain(`Allow ec2:${DESCRIBE} to the current credentials.`);
});
