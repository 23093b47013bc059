import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { declare } from "./declare";
import { change, failureOf, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { destination, KINDS, makePlace, OWNER, OWNER_TAG, removeTag, revoke, setTag } from "./place";

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

test("a rule whose group is gone is gone", async () => {
  const own = await makePlace(endpoint);
  const made = await make(handler, declare("IPv4", { securityGroupId: own.group }));
  await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
  expect(await refresh(handler, made)).toBeUndefined();
});

describe("the mark", () => {
  test("of another makes the rule that other's: it is gone from state, and no delete takes it away", async () => {
    const made = await make(handler, declare("IPv4"));
    await setTag(place, made.id, OWNER_TAG, "shop/prod/api");
    expect(await refresh(handler, made)).toBeUndefined();
    await handler.delete(made.id, made.outs);
    expect(await place.rules()).toHaveLength(1);
  });

  test("that is ours, renewed, is taken into state", async () => {
    const made = await make(handler, declare("IPv4"));
    await setTag(place, made.id, OWNER_TAG, `${OWNER}@0123abcd`);
    expect(known(await refresh(handler, made)).outs.owner).toBe(`${OWNER}@0123abcd`);
  });

  test("that is lost is missed, and written again by the next `up`", async () => {
    const made = await make(handler, declare("IPv4"));
    await removeTag(place, made.id, OWNER_TAG);
    const read = known(await refresh(handler, made));
    expect(read.outs).not.toHaveProperty("owner");
    expect(read.inputs).not.toHaveProperty("owner");
    const { result, actions } = await recorded(endpoint, () => change(handler, read, declare("IPv4")));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs).toEqual(made.outs);
    expect((await place.rules())[0]?.tags).toEqual({ Stage: "test", Team: "web", [OWNER_TAG]: OWNER });
  });

  test("is no tag of the rule's own", async () => {
    const made = await make(handler, declare("IPv4"));
    expect(JSON.stringify(known(await refresh(handler, made)))).not.toContain(OWNER_TAG);
  });
});

describe("default tags of the stack", () => {
  const tagged = (tags: Props) => handlerAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags }) });

  test("are told apart from those declared on the rule", async () => {
    const made = await make(tagged({ Cost: "1", Team: "web" }), declare("IPv4", { tags: { Team: "web" } }));
    const read = known(await refresh(tagged({ Cost: "1", Team: "web" }), made));
    expect(read.outs).toMatchObject({ tags: { Team: "web" }, tagsAll: { Cost: "1", Team: "web" } });
    expect(read).toEqual(made);
  });

  test("that were changed on the rule are drift", async () => {
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

strictly("the rule's own account, where a program names it, is no drift", async () => {
  const ownGroup = { ...destination("a group", place), referencedSecurityGroupOwnerId: "123456789012" };
  const { cidrIpv4: _, ...args } = declare("IPv4", ownGroup);
  const made = await make(handler, args);
  expect(made.outs).toMatchObject(ownGroup);
  expect(await refresh(handler, made)).toEqual(made);
});

test("without the right to read, the error names it", async () => {
  const made = await make(handler, declare("IPv4"));
  await endpoint.deny([DESCRIBE]);
  const message = await failureOf(refresh(handler, made));
  expect(message).toContain(`reading rule ${made.id} (us-east-1): UnauthorizedOperation`);
  expect(message).toContain(`Allow ec2:${DESCRIBE} to the credentials in use.`);
});
