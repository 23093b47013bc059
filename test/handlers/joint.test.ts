import { AUTHORIZE, DESCRIBE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type Handler, handlerAt, type Props, recorded, refresh } from "./handler";
import { failures, made, makeAll, resource, web } from "./many";
import { place } from "./ownPlace";
import { authorize, CLAIM, OWNER_TAG, tcp } from "./place";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

const making = (rules: readonly Props[]) => recorded(endpoint, () => makeAll(handler, rules));

describe("sixty rules that are created at once", () => {
  test("take one call, and each has its own id and the run's claim", async () => {
    const { result, actions } = await making(web(place, 60));
    const resources = result.map(resource);
    if (process.env.EC2_ENDPOINT === undefined) expect(actions).toEqual([AUTHORIZE]);
    const held = new Map((await place.rules()).map((rule) => [rule.securityGroupRuleId, rule]));
    expect(held.size).toBe(60);
    for (const { id, inputs, outs } of resources) {
      const { fromPort } = inputs;
      expect(held.get(id)).toMatchObject({ fromPort, tags: { [OWNER_TAG]: CLAIM } });
      expect(outs).toMatchObject({ fromPort, securityGroupRuleId: id, claim: held.get(id)?.tags[OWNER_TAG] });
    }
    expect(new Set(resources.map(({ outs }) => outs.claim)).size).toBe(1);
  });

  test("are refreshed by one call, unchanged", async () => {
    const resources = await made(handler, web(place, 60));
    const { result, actions } = await recorded(endpoint, () =>
      Promise.all(resources.map((one) => refresh(handler, one))),
    );
    expect(actions).toEqual([DESCRIBE]);
    expect(result.map((one) => one?.outs)).toEqual(resources.map(({ outs }) => outs));
  });

  test("are deleted by two calls", async () => {
    const resources = await made(handler, web(place, 60));
    const { actions } = await recorded(endpoint, () =>
      Promise.all(resources.map(({ id, outs }) => handler.delete(id, outs))),
    );
    expect(actions).toEqual([DESCRIBE, "RevokeSecurityGroupEgress"]);
    expect(await place.rules()).toEqual([]);
  });
});

describe("rules are created separately", () => {
  test.each<[string, Props]>([
    ["of other tags", { tags: { Team: "web" } }],
    ["of another stack", { owner: "shop/prod" }],
    ["without a claim", { owner: undefined }],
  ])("if one is %s", async (_, other) => {
    const [one = {}, two = {}, three = {}] = web(place, 3);
    const { result, actions } = await making([one, two, { ...three, ...other }]);
    expect(failures(result)).toEqual([]);
    if (process.env.EC2_ENDPOINT === undefined) expect(actions).toEqual([AUTHORIZE, AUTHORIZE]);
    const { owner, tags = {} } = { ...three, ...other };
    const third = (await place.rules()).find(({ fromPort }) => fromPort === three.fromPort);
    const claim: unknown = expect.stringMatching(new RegExp(`^${owner}@[0-9a-z]{8}$`));
    expect(third?.tags).toEqual({ ...Object(tags), ...(owner !== undefined && { [OWNER_TAG]: claim }) });
  });

  test("for each group", async () => {
    const groups = await endpoint.makeGroups(2);
    const { actions } = await making(groups.flatMap((group) => web({ group }, 1)));
    expect(actions).toEqual([AUTHORIZE, AUTHORIZE]);
    for (const group of groups) {
      const claims = (await endpoint.rules(group)).flatMap(({ Tags = [] }) => Tags.map(({ Value }) => Value));
      expect(claims).toEqual([CLAIM]);
    }
  });
});

describe("among rules created at once, only those fail", () => {
  strictly("that already exist", async () => {
    const ids = [
      await authorize(place, tcp(1007, "10.0.0.0/16")),
      await authorize(place, tcp(1042, "10.0.0.0/16")),
    ];
    const { result, actions } = await making(web(place, 57));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE]);
    const [first, second, ...others] = failures(result);
    expect(others).toEqual([]);
    for (const [at, failure] of [first, second].entries()) {
      const port = [1007, 1042][at];
      expect(failure).toContain(
        `authorizing tcp ${port} to 10.0.0.0/16 on ${place.group} (us-east-1): InvalidPermission.Duplicate: the specified rule already exists`,
      );
      expect(failure).toContain(`It is ${ids[at]}: description none, tags none, claimed by no stack.`);
    }
    expect(await place.rules()).toHaveLength(57);
  });

  strictly("that already exist, in EC2's own words", async () => {
    await authorize(place, tcp(1007, "10.0.0.0/16"));
    const { result, actions } = await making(web(place, 59));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE]);
    const [failure, ...others] = failures(result);
    expect(others).toEqual([]);
    expect(failure).toContain(
      `authorizing tcp 1007 to 10.0.0.0/16 on ${place.group} (us-east-1): InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/16, TCP, from port: 1007, to port: 1007, ALLOW" already exists`,
    );
    expect(await place.rules()).toHaveLength(59);
  });

  strictly("that lead to a missing prefix list, which bisection finds", async () => {
    const list = "pl-0123456789abcdef0";
    const rules = web(place, 20);
    const { cidrIpv4: _, ...rule } = { ...rules[3] };
    const bad = [
      { ...rule, prefixListId: list },
      { ...rule, fromPort: 1, prefixListId: list },
    ];
    const { result, actions } = await making([...rules.slice(0, 10), ...bad, ...rules.slice(10)]);
    expect(new Set(actions)).toEqual(new Set([AUTHORIZE]));
    expect(actions.length).toBeLessThanOrEqual(2 * 6 + 1);
    expect(failures(result)).toEqual([
      expect.stringContaining(`authorizing tcp 1003 to ${list} on ${place.group}`),
      expect.stringContaining(`authorizing tcp 1-1003 to ${list} on ${place.group}`),
    ]);
    expect(await place.rules()).toHaveLength(20);
  });

  strictly("that another stack claims, while this stack's own are taken over", async () => {
    const before = await made(handlerAt(endpoint), web(place, 10));
    const { result: others } = await making(web(place, 20, { owner: "shop/prod" }).slice(10));
    const run = handlerAt(endpoint);
    const { result, actions } = await recorded(endpoint, () => makeAll(run, web(place, 25)));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE, "CreateTags"]);
    expect(result.slice(0, 10).map((one) => resource(one).id)).toEqual(before.map(({ id }) => id));
    const refusals = failures(result);
    expect(refusals).toHaveLength(10);
    for (const [at, failure] of refusals.entries()) {
      const { id } = resource(others[at] ?? { failure });
      expect(failure).toContain(
        `It is ${id}: description none, tags none, claimed by the stack "shop/prod".`,
      );
    }
    expect(await place.rules()).toHaveLength(25);
  });
});

test("a refusal that concerns every rule needs no bisection", async () => {
  await endpoint.deny([AUTHORIZE]);
  const { result, actions } = await making(web(place, 30));
  expect(actions).toEqual([AUTHORIZE]);
  expect(failures(result)).toHaveLength(30);
  for (const [at, failure] of failures(result).entries()) {
    expect(failure).toContain(`authorizing tcp ${1000 + at} to 10.0.0.0/16 on ${place.group} (us-east-1)`);
    expect(failure).toContain("Allow ec2:AuthorizeSecurityGroupEgress");
  }
});

strictly("if two are the same rule and nothing is claimed, one is created and the other fails", async () => {
  const [one = {}, two = {}, three = {}] = web(place, 3, { owner: undefined });
  const { result } = await making([one, two, { ...two, description: "again" }, three]);
  const [failure, ...others] = failures(result);
  expect(others).toEqual([]);
  expect(failure).toContain(`authorizing tcp 1001 to 10.0.0.0/16 on ${place.group}`);
  expect(failure).toContain("InvalidPermission.Duplicate");
  expect(await place.rules()).toHaveLength(3);
});
