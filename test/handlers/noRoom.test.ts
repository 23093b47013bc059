import { AUTHORIZE, DESCRIBE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { existing, web } from "./existing";
import { fill, ours } from "./fullGroup";
import { failureOf, handlerAt, make, recorded } from "./handler";
import { place } from "./ownPlace";
import { OLD_CLAIM, OTHERS_CLAIM } from "./place";
import { makeNew, replacement } from "./replace";

afterEach(async () => {
  await endpoint.befall([]);
  await endpoint.deny([]);
});

describe("in a full group that no rule leaves, the error", () => {
  test("says what uses the quota, and what to do", async () => {
    await make(handlerAt(endpoint), web());
    await fill();
    const held = await place.rules();
    const message = await failureOf(make(handlerAt(endpoint), web({ toPort: 444 })));
    expect(message).toContain(`authorizing tcp 443-444 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("RulesPerSecurityGroupLimitExceeded");
    for (const remedy of [
      "EgressRuleSet",
      "EgressPolicy",
      "deleteBeforeReplace",
      "two steps",
      "L-0EA8095F",
    ]) {
      expect(message).toContain(remedy);
    }
    expect(message).toContain(
      `${place.group} has 60 rules for IPv4 and 0 for IPv6: 59 without a claim, 1 of shop/test.`,
    );
    expect(await place.rules()).toEqual(held);
  });

  test("is EC2's own if the look-up fails", async () => {
    await fill();
    await endpoint.deny([DESCRIBE]);
    const message = await failureOf(make(handlerAt(endpoint), web()));
    expect(message).toContain("RulesPerSecurityGroupLimitExceeded");
    expect(message).not.toContain("UnauthorizedOperation");
  });
});

describe("an EC2 that checks the quota before duplicates", () => {
  const full = { kind: "errorBefore", code: "RulesPerSecurityGroupLimitExceeded", status: 400 } as const;

  const befall = () => endpoint.befall([{ action: AUTHORIZE, fault: full }]);

  test("causes a look-up: this stack's rule is taken over", async () => {
    const id = await existing(OLD_CLAIM, { Team: "web" });
    const args = web({ description: "by hand" });
    await befall();
    const { result, actions } = await recorded(endpoint, () => make(handlerAt(endpoint), args));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
  });

  strictly("causes a take-over before a replaced rule becomes the wanted one", async () => {
    const before = await make(handlerAt(endpoint), web({ toPort: 444 }));
    const id = await existing(OLD_CLAIM, { Team: "web" });
    const run = handlerAt(endpoint);
    const next = await replacement(run, before, web({ description: "by hand" }));
    await befall();
    const { result, actions } = await recorded(endpoint, () => makeNew(run, next));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    await run.delete(before.id, before.outs);
    expect(await ours()).toMatchObject([{ securityGroupRuleId: id }]);
  });

  test("does not make another stack's rule this stack's: the error names the owner", async () => {
    const id = await existing(OTHERS_CLAIM);
    await befall();
    const message = await failureOf(make(handlerAt(endpoint), web()));
    expect(message).toContain(
      `It is ${id}: description "by hand", tags none, claimed by the stack "acme/shop/prod".`,
    );
  });
});
