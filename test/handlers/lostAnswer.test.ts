import { AUTHORIZE, DESCRIBE } from "../actions";
import { handler, proxy } from "./behindProxy";
import { change, failureOf, handlerAt, make, refresh } from "./handler";
import { place } from "./ownPlace";
import { authorize, CLAIM, OTHERS_CLAIM, OWNER_TAG, STACK, tcp } from "./place";
import type { Mishap } from "./proxy";

function web() {
  const rule = { securityGroupId: place.group, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return { ...rule, cidrIpv4: "10.0.0.0/16", description: "web", tags: { Team: "web" }, owner: STACK };
}

const actions = () => proxy.calls.map(({ action }) => action);

describe("a rule that EC2 created without an answer", () => {
  test.each<Mishap>(["lose the answer", "answer 503"])(
    "is found by its claim, which it already has: %s",
    async (mishap) => {
      proxy.befall(AUTHORIZE, [mishap]);
      const made = await make(handler, web());
      expect(actions()).toEqual([AUTHORIZE, AUTHORIZE, DESCRIBE]);
      const tags = { Team: "web", [OWNER_TAG]: made.outs.claim };
      expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id, description: "web", tags }]);
      expect(made.outs.claim).toEqual(CLAIM);
      expect(await refresh(handler, made)).toEqual(made);
    },
  );

  test("is looked up if every try fails", async () => {
    proxy.befall(AUTHORIZE, ["answer 503", "answer 503", "answer 503"]);
    const made = await make(handler, web());
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: made.id }]);
  });

  test("is found by the next `up` if the look-up fails too", async () => {
    proxy.befall(AUTHORIZE, ["answer 503", "answer 503", "answer 503"]);
    proxy.befall(DESCRIBE, [{ refuse: "UnauthorizedOperation" }]);
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("run `pulumi up` again");
    expect(message).not.toContain("UnauthorizedOperation");
    const [held] = await place.rules();
    expect((await make(handlerAt(proxy), web())).id).toBe(held?.securityGroupRuleId);
    expect(await place.rules()).toHaveLength(1);
  });

  test("is not taken for the stack's own if the stack claims nothing", async () => {
    proxy.befall(AUTHORIZE, ["lose the answer"]);
    const { owner: _, ...unclaimed } = web();
    const message = await failureOf(make(handler, unclaimed));
    const [held] = await place.rules();
    expect(message).toContain("InvalidPermission.Duplicate");
    expect(message).toContain(`It is ${held?.securityGroupRuleId}`);
    expect(message).toContain("set adopt: true");
  });
});

test.each([undefined, OTHERS_CLAIM])(
  "a rule that existed before a lost answer is not taken for this stack's, with the claim %s",
  async (claim) => {
    await authorize(place, tcp(443, "10.0.0.0/16"), claim === undefined ? {} : { [OWNER_TAG]: claim });
    const held = await place.rules();
    proxy.befall(AUTHORIZE, [
      { refuse: "Unavailable" },
      { refuse: "Unavailable" },
      { refuse: "Unavailable" },
    ]);
    const message = await failureOf(make(handler, web()));
    expect(message).toContain("Unavailable");
    expect(actions()).toEqual([AUTHORIZE, AUTHORIZE, AUTHORIZE, DESCRIBE]);
    expect(await place.rules()).toEqual(held);
  },
);

describe("a call while EC2 is too busy", () => {
  test.each(["RequestLimitExceeded", "ConcurrentTagAccess"])("is made again after %s", async (refuse) => {
    const made = await make(handler, web());
    proxy.befall("CreateTags", [{ refuse }]);
    const after = await change(handler, made, { ...web(), tags: { Team: "platform" } });
    expect(actions().filter((action) => action === "CreateTags")).toHaveLength(2);
    expect(after.outs.tags).toEqual({ Team: "platform" });
    expect(await place.rules()).toMatchObject([{ tags: { Team: "platform" } }]);
  });

  test("is tried as often as aws:maxRetries specifies", async () => {
    proxy.befall(AUTHORIZE, Array(9).fill({ refuse: "Unavailable" }));
    const once = handlerAt(proxy, { "aws:maxRetries": "0" });
    const message = await failureOf(make(once, web()));
    expect(actions().filter((action) => action === AUTHORIZE)).toHaveLength(1);
    expect(message).toContain("(request id 11111111-2222-3333-4444-555555555555)");
  });

  test("is not retried after a permanent refusal", async () => {
    proxy.befall(AUTHORIZE, [{ refuse: "InvalidParameterValue" }]);
    await failureOf(make(handler, web()));
    expect(actions()).toEqual([AUTHORIZE]);
  });
});
