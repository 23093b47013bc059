import { AuthorizeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE } from "../actions";
import { known } from "../known";
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
  recorded,
  refresh,
} from "./handler";
import { authorize, clear, makePlace, OWNER, OWNER_TAG, type Place, revoke, tcp } from "./place";

let handler: Handler;
let place: Place;

beforeAll(async () => {
  handler = handlerAt(endpoint);
  place = await makePlace(endpoint);
});

beforeEach(() => clear(place));

afterEach(() => endpoint.deny([]));

/** The mark of a resource that has taken its own rule over. */
const RENEWED = new RegExp(`^${OWNER}@[0-9a-f]{8}$`);
const MARKS = { Team: "web", [OWNER_TAG]: OWNER };

function web(more: Props = {}): Props {
  const rule = { securityGroupId: place.group, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return { ...rule, cidrIpv4: "10.0.0.0/16", tags: { Team: "web" }, owner: OWNER, ...more };
}

/** The rule that is declared, made by another hand. */
function existing(owner?: string, tags: { readonly [key: string]: string } = {}): Promise<string> {
  const mark = owner === undefined ? {} : { [OWNER_TAG]: owner };
  return authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { ...tags, ...mark });
}

describe("a rule that is there with this resource's own mark", () => {
  test("is its own: taken, its mark renewed, without a call too many", async () => {
    const id = await existing(OWNER, { Team: "web" });
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, web({ description: "by hand" })),
    );
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect(result.outs.owner).toMatch(RENEWED);
    expect(await refresh(handler, result)).toEqual(result);
  });

  test("is kept from the delete of its earlier self, as in a forced replacement", async () => {
    const before = await make(handler, web());
    const after = await make(handler, web());
    expect(after.id).toBe(before.id);
    // In this run, and in a later one.
    const later = handlerAt(endpoint);
    await later.diff(after.id, after.outs, await checked(later, web(), after.inputs));
    for (const deleting of [handler, later]) await deleting.delete(before.id, before.outs);
    expect(await place.rules()).toHaveLength(1);
    await handlerAt(endpoint).delete(after.id, after.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("is kept from that in a later run too, where a refresh has told the earlier self of the new mark", async () => {
    const before = await make(handlerAt(endpoint), web());
    const after = await make(handlerAt(endpoint), web());
    const refreshing = handlerAt(endpoint);
    const [pending, held] = [
      known(await refresh(refreshing, before)),
      known(await refresh(refreshing, after)),
    ];
    const later = handlerAt(endpoint);
    await later.diff(held.id, held.outs, await checked(later, web(), held.inputs));
    await later.delete(pending.id, pending.outs);
    expect(await place.rules()).toHaveLength(1);
  });

  test("goes with its earlier self, where the program has none and no state was ever written of the new one", async () => {
    const before = await make(handlerAt(endpoint), web());
    await make(handlerAt(endpoint), web());
    await handlerAt(endpoint).delete(before.id, before.outs);
    expect(await place.rules()).toEqual([]);
  });

  strictly("has its description and tags brought right", async () => {
    const id = await existing(OWNER, { Stage: "old", Team: "old" });
    const args = web({ description: "package updates" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([
      AUTHORIZE,
      DESCRIBE,
      "UpdateSecurityGroupRuleDescriptionsEgress",
      "CreateTags",
      "DeleteTags",
    ]);
    expect(result.id).toBe(id);
    const tags = { Team: "web", [OWNER_TAG]: expect.stringMatching(RENEWED) };
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: id, description: "package updates" }]);
    expect((await place.rules())[0]?.tags).toEqual(tags);
    expect(await refresh(handler, result)).toEqual(result);
  });

  strictly("is found in another spelling too", async () => {
    const id = await authorize(
      place,
      { ...tcp(443, "10.0.3.4/16"), IpProtocol: "6" },
      { [OWNER_TAG]: OWNER },
    );
    expect((await make(handler, web())).id).toBe(id);
  });
});

describe("a rule that is there without any mark", () => {
  test("is not taken unasked: the error says what it is and how to adopt it", async () => {
    const id = await existing(undefined, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("InvalidPermission.Duplicate");
    expect(message).toContain(`It is ${id}: description "by hand", tags {"Team":"ops"}, owner none.`);
    expect(message).toContain(`set adopt: true, or adopt: "${id}"`);
    expect(await place.rules()).toEqual(held);
  });

  test("says so where it has neither description nor tags", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`It is ${id}: description none, tags none, owner none.`);
  });

  strictly("is taken over by adopt: true, and marked", async () => {
    const id = await existing(undefined, { Stage: "old" });
    const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
    expect(actions).toEqual([
      AUTHORIZE,
      DESCRIBE,
      "UpdateSecurityGroupRuleDescriptionsEgress",
      "CreateTags",
      "DeleteTags",
    ]);
    expect(result.id).toBe(id);
    expect(result.outs).not.toHaveProperty("adopt");
    const [rule] = await place.rules();
    expect(rule?.tags).toEqual(MARKS);
    expect(rule).not.toHaveProperty("description");
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });

  test("is taken over without a mark where the stack marks none", async () => {
    const id = await existing(undefined, { Team: "web" });
    const { owner: _, ...unmarked } = web({ adopt: true, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, unmarked));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE]);
    expect(result.id).toBe(id);
    // In the same run, the delete can only be that of the resource that had the rule before.
    await handler.delete(result.id, result.outs);
    expect(await place.rules()).toHaveLength(1);
    await handlerAt(endpoint).delete(result.id, result.outs);
    expect(await place.rules()).toEqual([]);
  });

  test("is no longer changed by the resource that has had it, which gets one of its own in the next run", async () => {
    const old = await make(handler, web({ owner: "shop/test/old" }));
    await make(handler, web({ adopt: true }));
    const args = web({ owner: "shop/test/old", fromPort: 400 });
    const error = await errorOf(change(handler, old, args));
    expect(error.message).toContain(
      `changing rule ${old.id}: it belongs to another resource of this program now`,
    );
    expect(error.message).toContain("Run `pulumi up` again");
    expect(await place.rules()).toMatchObject([{ fromPort: 443 }]);

    const { properties }: Props = { ...error };
    const next = handlerAt(endpoint);
    expect(await next.read(old.id, Object(properties))).toEqual({ id: "", props: {} });
    const inputs = await checked(next, args, old.inputs);
    const { changes, replaces } = await next.diff(old.id, Object(properties), inputs);
    expect([changes, replaces]).toEqual([true, ["securityGroupRuleId"]]);
    const made = await next.create(inputs);
    expect(made.outs).not.toHaveProperty("passedOn");
    await next.delete(old.id, Object(properties));
    const held = await place.rules();
    expect(held.map(({ fromPort }) => fromPort).sort()).toEqual([400, 443]);
  });
});

describe("a rule that is there with the mark of another resource of this stack", () => {
  test("is not taken unasked: the error tells of aliases and adopt", async () => {
    const id = await existing("shop/test/old");
    // In a run of its own: that resource has no other rule there.
    const message = await failureOf(make(handlerAt(endpoint), web()));
    expect(message).toContain(
      `It is ${id}: description "by hand", tags none, owner "shop/test/old", of this stack.`,
    );
    expect(message).toContain("give it aliases or adopt: true");
  });

  test("is taken over by adopt: true", async () => {
    const id = await existing("shop/test/old");
    const { id: taken } = await make(handler, web({ adopt: true, description: "by hand" }));
    expect(taken).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(MARKS);
  });
});

describe("a rule that is there with the mark of another stack", () => {
  const OTHER = "shop/prod/web";

  test.each([false, true])("is not taken with adopt: %s; the error names its owner", async (adopt) => {
    const id = await existing(OTHER, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web({ adopt })));
    expect(message).toContain(`It is ${id}: description "by hand", tags {"Team":"ops"}, owner "${OTHER}".`);
    expect(message).toContain("Another program manages it");
    expect(message).toContain(`adopt: "${id}"`);
    expect(await place.rules()).toEqual(held);
  });

  test("is not taken for this stack's where one name begins with the other", async () => {
    await existing("shop/test-2/web");
    const message = await failureOf(make(handler, web({ adopt: true })));
    expect(message).toContain("Another program manages it");
  });

  test("is taken over by adopt with its id, and re-marked", async () => {
    const id = await existing(OTHER);
    const args = web({ adopt: id, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(MARKS);
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });
});

describe('adopt: "sgr-…"', () => {
  test.each([
    ["to other ports", { toPort: 444 }, "tcp 443-444 to 10.0.0.0/16"],
    ["to another destination", { cidrIpv4: "10.1.0.0/16" }, "tcp 443 to 10.1.0.0/16"],
    ["of another protocol", { ipProtocol: "udp" }, "udp 443 to 10.0.0.0/16"],
  ])("of a rule %s is refused, and nothing is changed", async (_, other, wanted) => {
    const id = await existing();
    const held = await place.rules();
    const call = () => failureOf(make(handler, web({ adopt: id, ...other })));
    const { result: message, actions } = await recorded(endpoint, call);
    expect(actions).toEqual([DESCRIBE]);
    expect(message).toContain(
      `adopting ${id}: it is tcp 443 to 10.0.0.0/16 on ${place.group}, not ${wanted} on ${place.group}.`,
    );
    expect(message).toContain("Declare the rule as it is and adopt it, then change it");
    expect(await place.rules()).toEqual(held);
  });

  test("of a rule of another group is refused", async () => {
    const id = await existing();
    const message = await failureOf(make(handler, web({ adopt: id, securityGroupId: place.other })));
    expect(message).toContain(`on ${place.group}, not tcp 443 to 10.0.0.0/16 on ${place.other}.`);
  });

  test("of an inbound rule is refused, as inbound", async () => {
    const IpPermissions = [tcp(443, "10.0.0.0/16")];
    const request = new AuthorizeSecurityGroupIngressCommand({ GroupId: place.group, IpPermissions });
    const { SecurityGroupRules: [rule] = [] } = await place.ec2.send(request);
    const id = known(rule?.SecurityGroupRuleId);
    const message = await failureOf(make(handler, web({ adopt: id })));
    expect(message).toContain(`adopting ${id}: it is tcp 443 to 10.0.0.0/16 on ${place.group}, inbound, not`);
    expect(await place.rules()).toEqual([]);
  });

  test("of a rule that is gone makes another", async () => {
    const gone = await existing();
    await revoke(place, gone);
    const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: gone })));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE]);
    expect(result.id).not.toBe(gone);
    expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id, tags: MARKS }]);
  });

  test("of a rule that is gone does not take the same rule under another id", async () => {
    const gone = await existing();
    await revoke(place, gone);
    const id = await existing();
    const message = await failureOf(make(handler, web({ adopt: gone })));
    expect(message).toContain(`It is ${id}:`);
  });
});

test("adopt: true makes the rule where there is none", async () => {
  const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
  expect(actions).toEqual([AUTHORIZE]);
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id }]);
});

test.each([
  ["with marks", OWNER],
  ["without marks", undefined],
])("an id that stays in the program does not stand in the way of a replacement, %s", async (_, owner) => {
  const id = await existing();
  const args = (more: Props = {}) => web({ adopt: id, owner, description: "by hand", ...more });
  const before = await make(handlerAt(endpoint), args());
  expect(before.id).toBe(id);

  const run = handlerAt(endpoint);
  const inputs = await checked(run, args({ cidrIpv4: null, cidrIpv6: "2001:db8::/32" }), before.inputs);
  expect((await run.diff(id, before.outs, inputs)).replaces).toEqual(["cidrIpv4", "cidrIpv6"]);
  const after = await run.create(inputs);
  await run.delete(id, before.outs);
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: after.id, cidrIpv6: "2001:db8::/32" }]);
});

test("an adoption that fails halfway is finished by the next `up`", async () => {
  const id = await existing("shop/prod/web", { Stage: "old" });
  await endpoint.deny(["DeleteTags"]);
  const args = web({ adopt: id, description: "by hand" });
  expect(await failureOf(make(handler, args))).toContain("Allow ec2:DeleteTags");
  await endpoint.deny([]);
  const made = await make(handler, args);
  expect(made.id).toBe(id);
  expect((await place.rules())[0]?.tags).toEqual({ ...MARKS, [OWNER_TAG]: expect.stringMatching(RENEWED) });
});
