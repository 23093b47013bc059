import { isRecord } from "../../provider/rule/record";
import { AUTHORIZE, DESCRIBE, MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { CLAIMED, web } from "./existing";
import { fill, ours, QUOTA } from "./fullGroup";
import { change, errorOf, failureOf, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { makeNew, replacement } from "./replace";

/** Separate, since without the right to tag, no rule with tags could be created either. */
const refusal = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;

let said: jest.SpyInstance;

beforeEach(() => {
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(async () => {
  said.mockRestore();
  await endpoint.befall([]);
  await endpoint.deny([]);
});

/** A resource as a program declares it to check. */
const named = (name: string, more: Props = {}) => web({ __program: { urn: name, silence: [] }, ...more });

const toGroup = (more: Props = {}) => {
  const { cidrIpv4: _, ...rule } = web();
  return { ...rule, referencedSecurityGroupId: place.other, ...more };
};

describe("in a full group, a rule that this run replaces", () => {
  test("becomes the wanted one in one call, and keeps its id", async () => {
    const before = await make(handlerAt(endpoint), web());
    await fill();
    const run = handlerAt(endpoint);
    const other = await replacement(run, before, web({ toPort: 444, description: "wider" }));
    expect(other.replaces).toEqual(["toPort"]);
    const { result: after, actions } = await recorded(endpoint, () => makeNew(run, other));

    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags"]);
    expect(after.id).toBe(before.id);
    expect(await ours()).toMatchObject([
      { securityGroupRuleId: before.id, toPort: 444, description: "wider", tags: CLAIMED },
    ]);
    expect(after.outs.claim).not.toBe(before.outs.claim);
    expect(await refresh(run, after)).toEqual(after);

    await run.delete(before.id, before.outs);
    expect(said.mock.calls).toEqual([
      [`rule ${before.id} on ${place.group} is left in place: another resource of this program has it now`],
    ]);
    expect(await place.rules()).toHaveLength(QUOTA);
  });

  test("becomes the rule of the resource that comes first", async () => {
    const first = await make(handlerAt(endpoint), web());
    await fill();
    const run = handlerAt(endpoint);
    await replacement(run, first, web({ toPort: 444 }));
    const { result: second, actions } = await recorded(endpoint, () => make(run, web({ toPort: 445 })));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags"]);
    expect(second.id).toBe(first.id);
    expect(await ours()).toMatchObject([{ securityGroupRuleId: first.id, toPort: 445 }]);
  });

  strictly("only becomes a rule of its own kind if two rules swap kinds", async () => {
    const range = await make(handlerAt(endpoint), web());
    const group = await make(handlerAt(endpoint), toGroup());
    await fill();
    const run = handlerAt(endpoint);
    const rangeNext = await replacement(run, range, toGroup({ toPort: 444, cidrIpv4: null }));
    const groupNext = await replacement(run, group, web({ toPort: 444, referencedSecurityGroupId: null }));

    const { result: nowGroup, actions } = await recorded(endpoint, () => makeNew(run, rangeNext));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags"]);
    expect(nowGroup.id).toBe(group.id);
    const nowRange = await makeNew(run, groupNext);
    expect(nowRange.id).toBe(range.id);
    for (const { id, outs } of [range, group]) await run.delete(id, outs);

    expect(await ours()).toMatchObject([
      { securityGroupRuleId: range.id, toPort: 444, cidrIpv4: "10.0.0.0/16" },
      { securityGroupRuleId: group.id, toPort: 444, referencedSecurityGroupId: place.other },
    ]);
    expect(await refresh(run, nowGroup)).toEqual(nowGroup);
    expect(await refresh(run, nowRange)).toEqual(nowRange);
  });

  strictly("becomes no rule of another kind", async () => {
    const before = await make(handlerAt(endpoint), web());
    await fill();
    const held = await place.rules();
    const run = handlerAt(endpoint);
    const other = await replacement(run, before, toGroup({ cidrIpv4: null }));
    const message = await failureOf(makeNew(run, other));
    expect(message).toContain("RulesPerSecurityGroupLimitExceeded");
    expect(await place.rules()).toEqual(held);
  });

  test("stays if another resource now declares it, and that resource takes it over", async () => {
    const first = await make(handlerAt(endpoint), named("first", { toPort: 444 }));
    const second = await make(handlerAt(endpoint), named("second", { toPort: 445 }));
    await fill();
    const run = handlerAt(endpoint);
    const firstNext = await replacement(run, first, named("first", { toPort: 446 }));
    const secondNext = await replacement(run, second, named("second", { toPort: 444 }));
    expect((await makeNew(run, firstNext)).id).toBe(second.id);
    expect((await makeNew(run, secondNext)).id).toBe(first.id);
    for (const { id, outs } of [first, second]) await run.delete(id, outs);
    expect(await ours()).toMatchObject([
      { securityGroupRuleId: first.id, toPort: 444 },
      { securityGroupRuleId: second.id, toPort: 446 },
    ]);
  });

  test("becomes no other rule after it is revoked", async () => {
    const before = await make(handlerAt(endpoint), web());
    await fill();
    const run = handlerAt(endpoint);
    await replacement(run, before, web({ toPort: 444 }));
    // As with deleteBeforeReplace.
    await run.delete(before.id, before.outs);
    await fill();
    const message = await failureOf(make(run, web({ toPort: 445 })));
    expect(message).toContain("RulesPerSecurityGroupLimitExceeded");
  });

  test("stays unchanged if EC2 refuses to change it, and the error has both reasons", async () => {
    const before = await make(handlerAt(endpoint), web());
    await fill();
    const held = await place.rules();
    const run = handlerAt(endpoint);
    const other = await replacement(run, before, web({ toPort: 444 }));
    await endpoint.deny([MODIFY]);
    const message = await failureOf(makeNew(run, other));
    expect(message).toContain("RulesPerSecurityGroupLimitExceeded");
    expect(message).toContain(`Allow ec2:${MODIFY} to the current credentials.`);
    expect(await place.rules()).toEqual(held);
    // It still exists and can be modified when the engine tries again.
    await endpoint.deny([]);
    expect((await makeNew(run, other)).id).toBe(before.id);
  });

  test("stays in state, half changed, if EC2 refuses its tags", async () => {
    const before = await make(handlerAt(endpoint), web());
    await fill();
    const run = handlerAt(endpoint);
    const args = web({ toPort: 444, tags: { Team: "ops" } });
    const other = await replacement(run, before, args);
    await endpoint.befall([{ action: "CreateTags", fault: refusal }]);
    const { id, message, properties }: Props = { ...(await errorOf(makeNew(run, other))) };
    expect(id).toBe(before.id);
    expect(properties).toMatchObject({ toPort: 444, tagsAll: { Team: "web" }, claim: before.outs.claim });
    if (!isRecord(properties)) throw new Error(String(message));

    await endpoint.befall([]);
    const kept = { id: before.id, inputs: other.inputs, outs: properties };
    const { outs } = await change(handlerAt(endpoint), kept, args);
    expect(await ours()).toMatchObject([{ securityGroupRuleId: id, toPort: 444, tags: { Team: "ops" } }]);
    expect(outs).toMatchObject({ toPort: 444, tagsAll: { Team: "ops" } });
  });
});
