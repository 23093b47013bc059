import { AUTHORIZE, DESCRIBE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type Handler, handlerAt, type Props, recorded, refresh } from "./handler";
import { failures, made, makeAll, resource, web } from "./many";
import { place } from "./ownPlace";
import { authorize, OWNER_TAG, tcp } from "./place";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(async () => {
  await endpoint.deny([]);
  if (process.env.EC2_ENDPOINT !== "plain") await endpoint.quota();
});

/** The mark that rules of one request share. */
const JOINT = /^shop\/test\/web-\*@[0-9a-f]{8}$/;

const making = (rules: readonly Props[]) => recorded(endpoint, () => makeAll(handler, rules));

describe("sixty rules that are made at once", () => {
  test("are one call, and each has its own id and a mark that stands for it", async () => {
    const { result, actions } = await making(web(place, 60));
    const resources = result.map(resource);
    if (process.env.EC2_ENDPOINT !== "plain") expect(actions).toEqual([AUTHORIZE]);
    const held = new Map((await place.rules()).map((rule) => [rule.securityGroupRuleId, rule]));
    expect(held.size).toBe(60);
    for (const { id, inputs, outs } of resources) {
      const { fromPort, owner } = inputs;
      expect(held.get(id)).toMatchObject({ fromPort });
      expect(outs).toMatchObject({ fromPort, securityGroupRuleId: id, owner: held.get(id)?.tags[OWNER_TAG] });
      expect(outs.owner).toMatch(JOINT);
      expect(owner).toMatch(/^shop\/test\/web-\d+$/);
    }
  });

  test("are refreshed by one call, and unchanged", async () => {
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

describe("rules are made apart", () => {
  test.each<[string, Props]>([
    ["of other tags", { tags: { Team: "web" } }],
    ["of another stack", { owner: "shop/prod/web" }],
    ["without a mark", { owner: undefined }],
  ])("where one is %s", async (_, other) => {
    const [one = {}, two = {}, three = {}] = web(place, 3);
    const { result, actions } = await making([one, two, { ...three, ...other }]);
    expect(failures(result)).toEqual([]);
    if (process.env.EC2_ENDPOINT !== "plain") expect(actions).toEqual([AUTHORIZE, AUTHORIZE]);
    const { owner, tags = {} } = { ...three, ...other };
    const third = (await place.rules()).find(({ fromPort }) => fromPort === three.fromPort);
    expect(third?.tags).toEqual({ ...Object(tags), ...(owner !== undefined && { [OWNER_TAG]: owner }) });
  });

  test("in each group", async () => {
    const groups = await endpoint.makeGroups(2);
    const { actions } = await making(groups.flatMap((group) => web({ group }, 1)));
    expect(actions).toEqual([AUTHORIZE, AUTHORIZE]);
    for (const group of groups) {
      const marks = (await endpoint.rules(group)).flatMap(({ Tags = [] }) => Tags.map(({ Value }) => Value));
      expect(marks).toEqual(["shop/test/web-0"]);
    }
  });
});

describe("of rules that are made at once, those fail alone", () => {
  strictly("that are there already", async () => {
    const ids = [
      await authorize(place, tcp(1007, "10.0.0.0/16")),
      await authorize(place, tcp(1042, "10.0.0.0/16")),
    ];
    const { result, actions } = await making(web(place, 57));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE, DESCRIBE]);
    const [first, second, ...others] = failures(result);
    expect(others).toEqual([]);
    for (const [at, failure] of [first, second].entries()) {
      const port = [1007, 1042][at];
      expect(failure).toContain(
        `authorizing tcp ${port} to 10.0.0.0/16 on ${place.group} (us-east-1): InvalidPermission.Duplicate: the specified rule already exists`,
      );
      expect(failure).toContain(`It is ${ids[at]}: description none, tags none, owner none.`);
    }
    expect(await place.rules()).toHaveLength(57);
  });

  strictly("that is there already, in EC2's own words", async () => {
    await authorize(place, tcp(1007, "10.0.0.0/16"));
    const { result, actions } = await making(web(place, 59));
    expect(actions.length).toBeLessThanOrEqual(4);
    const [failure, ...others] = failures(result);
    expect(others).toEqual([]);
    expect(failure).toContain(
      `authorizing tcp 1007 to 10.0.0.0/16 on ${place.group} (us-east-1): InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/16, TCP, from port: 1007, to port: 1007, ALLOW" already exists`,
    );
    expect(await place.rules()).toHaveLength(59);
  });

  strictly("that lead to a prefix list that is not there, which EC2 names", async () => {
    const list = "pl-0123456789abcdef0";
    const rules = web(place, 20);
    const { cidrIpv4: _, ...rule } = { ...rules[3] };
    const bad = [
      { ...rule, prefixListId: list },
      { ...rule, fromPort: 1, prefixListId: list },
    ];
    const { result, actions } = await making([...rules.slice(0, 10), ...bad, ...rules.slice(10)]);
    expect(actions).toEqual([AUTHORIZE, AUTHORIZE]);
    expect(failures(result)).toEqual([
      expect.stringContaining(`authorizing tcp 1003 to ${list} on ${place.group}`),
      expect.stringContaining(`authorizing tcp 1-1003 to ${list} on ${place.group}`),
    ]);
    expect(await place.rules()).toHaveLength(20);
  });
});

describe("a group that has no room for all of them", () => {
  strictly("gets as many as fit, by few calls", async () => {
    const before = await made(handler, web(place, 20, { cidrIpv4: "10.1.0.0/16" }));
    const { result, actions } = await making(web(place, 60));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE, AUTHORIZE, DESCRIBE]);
    expect(failures(result)).toHaveLength(before.length);
    for (const failure of failures(result)) {
      expect(failure).toContain("RulesPerSecurityGroupLimitExceeded");
      expect(failure).toContain(`${place.group} has 60 rules for IPv4 and 0 for IPv6:`);
    }
    expect(await place.rules()).toHaveLength(60);
  });

  strictly.each([[7], [53], [100]])("gets as many as fit where its quota is %d", async (quota) => {
    await endpoint.quota(quota);
    await made(handler, web(place, 5, { cidrIpv4: "10.1.0.0/16" }));
    const { result, actions } = await making(web(place, 120));
    expect(failures(result)).toHaveLength(120 - (quota - 5));
    expect(await place.rules()).toHaveLength(quota);
    expect(actions.length).toBeLessThanOrEqual(12);
  });

  strictly("gets those of a family that has room", async () => {
    await made(handler, web(place, 55, { cidrIpv4: "10.1.0.0/16" }));
    const { cidrIpv4: _, ...six }: Props = { ...web(place, 1)[0], cidrIpv6: "2001:db8::/32" };
    const sixes = Array.from({ length: 8 }, (_, at) => ({
      ...six,
      fromPort: at,
      owner: `shop/test/six-${at}`,
    }));
    const { result } = await making([...web(place, 12), ...sixes]);
    expect(failures(result)).toHaveLength(7);
    const held = await place.rules();
    expect(held.filter(({ cidrIpv6 }) => cidrIpv6)).toHaveLength(8);
    expect(held.filter(({ cidrIpv4 }) => cidrIpv4)).toHaveLength(60);
  });
});

test("a refusal that would meet each of them is not told apart", async () => {
  await endpoint.deny([AUTHORIZE]);
  const { result, actions } = await making(web(place, 30));
  expect(actions).toEqual([AUTHORIZE]);
  expect(failures(result)).toHaveLength(30);
  for (const [at, failure] of failures(result).entries()) {
    expect(failure).toContain(`authorizing tcp ${1000 + at} to 10.0.0.0/16 on ${place.group} (us-east-1)`);
    expect(failure).toContain("Allow ec2:AuthorizeSecurityGroupEgress");
  }
});

test("of two that are the same rule, one is made and the other fails", async () => {
  const [one = {}, two = {}, three = {}] = web(place, 3);
  const { result } = await making([one, two, { ...two, owner: "shop/test/again" }, three]);
  const [failure, ...others] = failures(result);
  expect(others).toEqual([]);
  expect(failure).toContain(`authorizing tcp 1001 to 10.0.0.0/16 on ${place.group}`);
  expect(failure).toContain("InvalidPermission.Duplicate");
  expect(await place.rules()).toHaveLength(3);
});
