import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { failureOf, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { destination, KINDS, makePlace, modify, OWNER, OWNER_TAG, removeTag, revoke, setTag } from "./place";

let handler: Handler;
let said: jest.SpyInstance;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

beforeEach(() => {
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(async () => {
  said.mockRestore();
  await endpoint.deny([]);
});

function web(more: Props = destination("IPv4", place)): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    owner: OWNER,
    ...more,
  };
}

describe.each(KINDS)("a rule to %s", (kind) => {
  const onKind = kind === "IPv4" || kind === "IPv6" ? test : strictly;

  onKind("is revoked, and no other", async () => {
    const other = await make(handler, {
      ...web(destination(kind, place)),
      toPort: 444,
      owner: "shop/test/other",
    });
    const made = await make(handler, web(destination(kind, place)));
    const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: other.id }]);
    expect(said).not.toHaveBeenCalled();
  });

  onKind("that is gone already counts as deleted", async () => {
    const made = await make(handler, web(destination(kind, place)));
    await revoke(place, made.id);
    const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(said).not.toHaveBeenCalled();
  });
});

test("a rule whose group is gone counts as deleted", async () => {
  const own = await makePlace(endpoint);
  const made = await make(handler, { ...web(), securityGroupId: own.group });
  await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
  const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
  expect(actions).toEqual([DESCRIBE, REVOKE]);
});

test("a rule that EC2 does not show yet is revoked all the same", async () => {
  await endpoint.hide({ rules: 3 });
  const made = await make(handler, web());
  await handler.delete(made.id, made.outs);
  await endpoint.hide();
  expect(await place.rules()).toEqual([]);
});

test("a rule that has changed behind the program's back is revoked all the same", async () => {
  const made = await make(handler, web());
  await modify(place, made.id, { IpProtocol: "udp", FromPort: 53, ToPort: 53, CidrIpv4: "10.2.0.0/16" });
  await handler.delete(made.id, made.outs);
  expect(await place.rules()).toEqual([]);
});

describe("a mark", () => {
  test("of another owner keeps the rule in place, and is told", async () => {
    const made = await make(handler, web());
    await setTag(place, made.id, OWNER_TAG, "shop/prod/api");
    const { actions } = await recorded(endpoint, () => handler.delete(made.id, made.outs));
    expect(actions).toEqual([DESCRIBE]);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
    expect(said.mock.calls).toEqual([
      [`rule ${made.id} on ${place.group} belongs to "shop/prod/api" now: it is left in place`],
    ]);
  });

  test("that is lost keeps the rule in place, and is told", async () => {
    const made = await make(handler, web());
    await removeTag(place, made.id, OWNER_TAG);
    await handler.delete(made.id, made.outs);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
    expect(said.mock.calls).toEqual([
      [`rule ${made.id} on ${place.group} has no owner's mark any more: it is left in place`],
    ]);
  });

  test("that is lost, and known by a refresh to be lost, does not hold the rule", async () => {
    const made = await make(handler, web());
    await removeTag(place, made.id, OWNER_TAG);
    const later = handlerAt(endpoint);
    const { outs } = known(await refresh(later, made));
    await later.delete(made.id, outs);
    expect(await place.rules()).toEqual([]);
  });

  test("is not needed where neither state nor rule has one", async () => {
    const { owner: _, ...unmarked } = web();
    const made = await make(handler, unmarked);
    await handlerAt(endpoint).delete(made.id, made.outs);
    expect(await place.rules()).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });

  test("that came on a rule whose state has none keeps the rule in place", async () => {
    const { owner: _, ...unmarked } = web();
    const made = await make(handler, unmarked);
    await setTag(place, made.id, OWNER_TAG, "shop/prod/api");
    await handlerAt(endpoint).delete(made.id, made.outs);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
    expect(said).toHaveBeenCalledTimes(1);
  });

  test("of the new resource outlives the old one, where a rename has adopted the rule", async () => {
    const old = await make(handler, web());
    const renamed = await make(handler, { ...web(), owner: "shop/test/renamed", adopt: true });
    expect(renamed.id).toBe(old.id);
    await handler.delete(old.id, old.outs);
    expect(await place.rules()).toMatchObject([
      { securityGroupRuleId: old.id, tags: { [OWNER_TAG]: "shop/test/renamed" } },
    ]);
    await handler.delete(renamed.id, renamed.outs);
    expect(await place.rules()).toEqual([]);
  });
});

describe("without the right", () => {
  test.each([
    [DESCRIBE, "reading rule"],
    [REVOKE, "revoking rule"],
  ])("to %s nothing is deleted, and the error names it", async (action, doing) => {
    const made = await make(handler, web());
    await endpoint.deny([action]);
    const message = await failureOf(handler.delete(made.id, made.outs));
    expect(message).toContain(`${doing} ${made.id}`);
    expect(message).toContain(`Allow ec2:${action} to the credentials in use.`);
    await endpoint.deny([]);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
  });
});
