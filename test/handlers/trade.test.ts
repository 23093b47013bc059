import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  checked,
  failureOf,
  type Handler,
  handlerAt,
  type Props,
  type Resource,
  refresh,
} from "./handler";
import { made, web } from "./many";
import { place } from "./ownPlace";
import { authorize, tcp } from "./place";

// Rules that become what other rules of the program are yet.

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.befall([]));

/** EC2 may look at the rules of a request together, as the endpoint does, or at one after the other. */
const ways = [
  ["together", false],
  ["one after the other", true],
] as const;

const refused = { kind: "errorBefore", code: "InvalidPermission.Duplicate", status: 400 } as const;

/** The endpoint refuses the next requests to change several rules at once, as an EC2 would that goes one by one. */
async function oneByOne(times: number): Promise<void> {
  await endpoint.befall([{ action: "ModifySecurityGroupRules", times, fault: refused }]);
}

const argsOf = ({ inputs: { region: _, tagsAll: __, ...args } }: Resource): Props => args;

/** The rule of one, in the place of another. */
const inPlaceOf = (own: Resource, other: Resource): Props => ({
  ...argsOf(other),
  owner: own.inputs.owner,
});

/** What is open on which rule. */
async function held(): Promise<{ [id: string]: unknown }> {
  const rules = await place.rules();
  return Object.fromEntries(
    rules.map(({ securityGroupRuleId, fromPort }) => [securityGroupRuleId, fromPort]),
  );
}

/** State and EC2 agree. */
async function expectInStep(resources: readonly Resource[]): Promise<void> {
  for (const resource of resources) expect((await refresh(handler, resource))?.outs).toEqual(resource.outs);
}

describe.each(ways)("where EC2 looks at changes %s", (_, isOneByOne) => {
  strictly("two rules trade places, one after the other", async () => {
    const [a, b] = (await made(handler, web(place, 2))) as [Resource, Resource];
    // The change itself, and the same with the other's.
    if (isOneByOne) await oneByOne(2);
    const first = await change(handler, a, inPlaceOf(a, b));
    await endpoint.befall([]);
    // Nothing else may leave than before.
    expect(await held()).toEqual({ [a.id]: 1001, [b.id]: 1000 });
    const second = await change(handler, b, inPlaceOf(b, a));
    expect(await held()).toEqual({ [a.id]: 1001, [b.id]: 1000 });
    await expectInStep([first, second]);
  });

  strictly("two rules trade places at once", async () => {
    const [a, b] = (await made(handler, web(place, 2))) as [Resource, Resource];
    if (isOneByOne) await oneByOne(1);
    const both = await Promise.all([
      change(handler, a, inPlaceOf(a, b)),
      change(handler, b, inPlaceOf(b, a)),
    ]);
    expect(await held()).toEqual({ [a.id]: 1001, [b.id]: 1000 });
    await expectInStep(both);
  });
});

strictly("rules that each become what the next one is go on in any order", async () => {
  const rules = await made(handler, web(place, 5));
  const next = (rule: Resource) => ({
    ...argsOf(rule),
    fromPort: Number(rule.inputs.fromPort) + 1,
    toPort: Number(rule.inputs.toPort) + 1,
  });
  const moved: Resource[] = [];
  for (const rule of rules) moved.push(await change(handler, rule, next(rule)));
  expect(Object.values(await held()).sort()).toEqual([1001, 1002, 1003, 1004, 1005]);
  await expectInStep(moved);
});

strictly("a new rule waits for the one that is about to become something else", async () => {
  const [old] = (await made(handler, web(place, 1))) as [Resource];
  const moved = await checked(handler, { ...argsOf(old), fromPort: 2000, toPort: 2000 }, old.inputs);
  expect(await handler.diff(old.id, old.outs, moved)).toEqual({ changes: true, replaces: [] });
  const inputs = await checked(handler, { ...argsOf(old), owner: "shop/test/new" });
  const creating = handler.create(inputs);
  await handler.update(old.id, old.outs, moved);
  const { id } = await creating;
  expect(await held()).toEqual({ [old.id]: 2000, [id]: 1000 });
});

strictly(
  "a new rule takes the one whose resource is about to be replaced, and its delete leaves it",
  async () => {
    const [old] = (await made(handler, web(place, 1))) as [Resource];
    const { cidrIpv4: _, ...rule } = argsOf(old);
    const replacing = await checked(handler, { ...rule, cidrIpv6: "2001:db8::/32" }, old.inputs);
    const { replaces } = await handler.diff(old.id, old.outs, replacing);
    expect(replaces).toEqual(["cidrIpv4", "cidrIpv6"]);
    const { id } = await handler.create(await checked(handler, { ...argsOf(old), owner: "shop/test/new" }));
    expect(id).toBe(old.id);
    await handler.create(replacing);
    await handler.delete(old.id, old.outs);
    expect(await place.rules()).toMatchObject([{ cidrIpv4: "10.0.0.0/16" }, { cidrIpv6: "2001:db8::/32" }]);
  },
);

strictly(
  "a new rule takes what a replacement that was cut off has left, and its delete leaves it",
  async () => {
    const [old] = (await made(handler, web(place, 1))) as [Resource];
    const { cidrIpv4: _, ...rule } = argsOf(old);
    const replacing = await checked(handler, { ...rule, cidrIpv6: "2001:db8::/32" }, old.inputs);
    const { id, outs } = await handler.create(replacing);
    const next = handlerAt(endpoint);
    await next.diff(id, outs, await checked(next, argsOf({ id, outs, inputs: replacing }), replacing));
    const { id: taken } = await next.create(await checked(next, { ...argsOf(old), owner: "shop/test/new" }));
    expect(taken).toBe(old.id);
    await handlerAt(endpoint).delete(old.id, old.outs);
    expect((await place.rules()).map(({ securityGroupRuleId }) => securityGroupRuleId).sort()).toEqual(
      [old.id, id].sort(),
    );
  },
);

strictly("a rule of others makes way for none", async () => {
  const [a] = (await made(handler, web(place, 1))) as [Resource];
  const theirs = await authorize(place, tcp(2000, "10.0.0.0/16"));
  const before = await held();
  const message = await failureOf(change(handler, a, { ...argsOf(a), fromPort: 2000, toPort: 2000 }));
  expect(message).toContain(`It is ${theirs}`);
  expect(await held()).toEqual(before);
});

strictly("one that cannot go on is what it was", async () => {
  const [a, b] = (await made(handler, web(place, 2))) as [Resource, Resource];
  const before = await held();
  const action = "ModifySecurityGroupRules";
  await endpoint.befall([
    { action, times: 2, fault: refused },
    { action, nth: 4, fault: { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } },
  ]);
  const message = await failureOf(change(handler, a, inPlaceOf(a, b)));
  expect(message).toContain("UnauthorizedOperation");
  expect(await held()).toEqual(before);
});
