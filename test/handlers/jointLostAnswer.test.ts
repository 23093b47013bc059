import { AUTHORIZE, DESCRIBE } from "../actions";
import { strictly } from "../strictly";
import { handler, proxy } from "./behindProxy";
import { handlerAt } from "./handler";
import { failures, makeAll, resource, web } from "./many";
import { place } from "./ownPlace";
import { OWNER_TAG } from "./place";
import type { Mishap } from "./proxy";

const actions = () => proxy.calls.map(({ action }) => action);

/** Each resource has its own rule, and there are no others. */
async function expectEachItsOwn(results: Awaited<ReturnType<typeof makeAll>>): Promise<void> {
  const held = new Map((await place.rules()).map((rule) => [rule.securityGroupRuleId, rule]));
  expect(held.size).toBe(results.length);
  for (const { id, inputs, outs } of results.map(resource)) {
    const { fromPort } = inputs;
    expect(held.get(id)).toMatchObject({ fromPort, tags: { [OWNER_TAG]: outs.claim } });
  }
}

describe("after a lost answer to a joint request", () => {
  strictly.each<[Mishap, string[]]>([
    ["lose the answer", [AUTHORIZE, AUTHORIZE, DESCRIBE]],
    ["answer 503", [AUTHORIZE, AUTHORIZE, DESCRIBE]],
  ])("each rule is found by the run's claim: %s", async (mishap, calls) => {
    proxy.befall(AUTHORIZE, [mishap]);
    const results = await makeAll(handler, web(place, 30));
    expect(actions()).toEqual(calls);
    await expectEachItsOwn(results);
  });

  strictly("each rule is found if every try fails", async () => {
    proxy.befall(AUTHORIZE, ["answer 503", "answer 503", "answer 503"]);
    const results = await makeAll(handler, web(place, 30));
    expect(actions()).toEqual([AUTHORIZE, AUTHORIZE, AUTHORIZE, DESCRIBE]);
    await expectEachItsOwn(results);
  });

  strictly("each rule is found by the next `up` if the look-ups fail too", async () => {
    proxy.befall(AUTHORIZE, ["answer 503", "answer 503", "answer 503"]);
    proxy.befall(DESCRIBE, [{ refuse: "UnauthorizedOperation" }, { refuse: "UnauthorizedOperation" }]);
    const failed = failures(await makeAll(handler, web(place, 30)));
    expect(failed).toHaveLength(30);
    expect(failed[7]).toContain(`authorizing tcp 1007 to 10.0.0.0/16 on ${place.group}`);
    proxy.reset();
    const results = await makeAll(handlerAt(proxy), web(place, 30));
    expect(actions()).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    await expectEachItsOwn(results);
  });

  strictly("no unclaimed rule is taken for the stack's own", async () => {
    proxy.befall(AUTHORIZE, ["lose the answer"]);
    const failed = failures(await makeAll(handler, web(place, 5, { owner: undefined })));
    expect(failed).toHaveLength(5);
    for (const failure of failed) expect(failure).toContain("set adopt: true");
  });
});

describe("a joint request while EC2 is too busy", () => {
  strictly("is retried once for all", async () => {
    proxy.befall(AUTHORIZE, [{ refuse: "RequestLimitExceeded" }]);
    await expectEachItsOwn(await makeAll(handler, web(place, 30)));
    expect(actions()).toEqual([AUTHORIZE, AUTHORIZE]);
  });

  strictly("fails for each rule if EC2 stays busy, and creates nothing", async () => {
    proxy.befall(AUTHORIZE, Array(9).fill({ refuse: "Unavailable" }));
    const failed = failures(await makeAll(handlerAt(proxy, { "aws:maxRetries": "0" }), web(place, 30)));
    expect(failed).toHaveLength(30);
    expect(actions()).toEqual([AUTHORIZE, DESCRIBE]);
    for (const failure of failed)
      expect(failure).toContain("(request id 11111111-2222-3333-4444-555555555555)");
    expect(await place.rules()).toEqual([]);
  });
});
