import { DescribeSecurityGroupRulesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import type { Befalling, Fault } from "./endpoint";
import { idOf, ipv4, refusal, tcp } from "./rules";
import { authorize, revoke } from "./send";

let once: EC2Client;
let group: string;

beforeAll(async () => {
  once = endpoint.client({ maxAttempts: 1 });
});

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  await endpoint.reset();
});

afterEach(() => endpoint.befall([]));

const action = "AuthorizeSecurityGroupEgress";
const fault: Fault = { kind: "errorBefore", code: "InternalError", status: 500 };

function authorizeMany(count: number, DryRun = false): Promise<string[]> {
  const calls = Array.from({ length: count }, (_, index) =>
    refusal(authorize(once, group, [tcp(index, ipv4("10.0.0.0/8"))], { DryRun })),
  );
  return Promise.all(calls);
}

const read = () => refusal(once.send(new DescribeSecurityGroupRulesCommand()));

/** The places of the calls, in the order of arrival, that anything befell. */
async function befallen(): Promise<number[]> {
  return (await endpoint.calls()).filter((call) => call.fault).map(({ started }) => started);
}

describe("a fault befalls", () => {
  test.each<[string, Omit<Befalling, "fault">, number[]]>([
    ["the first call", { action }, [1]],
    ["the n-th call", { action, nth: 3 }, [3]],
    ["so many calls", { action, times: 3 }, [1, 2, 3]],
    ["so many calls from the n-th on", { action, nth: 17, times: 9 }, [17, 18, 19, 20]],
  ])("%s, of many at one time too", async (_, calls, places) => {
    await endpoint.befall([{ ...calls, fault }]);
    const answers = await authorizeMany(20);
    expect(await befallen()).toEqual(places);
    expect(answers.filter((answer) => answer.startsWith("InternalError"))).toHaveLength(places.length);
    // Those that it let through, and the rule that the group was made with.
    expect(await endpoint.rules(group)).toHaveLength(20 - places.length + 1);
  });

  test("calls of its action alone, or calls of any", async () => {
    await endpoint.befall([{ action, nth: 2, fault }]);
    for (const call of [read, () => authorizeMany(1), read, () => authorizeMany(1)]) await call();
    expect(await befallen()).toEqual([4]);
    await endpoint.reset();
    await endpoint.befall([{ action: "*", nth: 2, times: 2, fault }]);
    for (const call of [read, () => authorizeMany(1), read, () => authorizeMany(1)]) await call();
    expect(await befallen()).toEqual([2, 3]);
  });

  test("calls of its Region alone", async () => {
    const region = "eu-test-1";
    const [elsewhere = ""] = await endpoint.makeGroups(1, region);
    const there = endpoint.client({ maxAttempts: 1, region });
    await endpoint.reset();
    await endpoint.befall([{ action, region, fault }]);
    const permissions = [tcp(1, ipv4("10.0.0.0/8"))];
    expect(await refusal(authorize(once, group, permissions))).toMatch(/^no refusal/);
    expect(await refusal(authorize(there, elsewhere, permissions))).toMatch(/^InternalError/);
    expect((await endpoint.calls()).map((call) => [call.region, call.fault])).toEqual([
      ["us-east-1", undefined],
      [region, "errorBefore"],
    ]);
    expect(await endpoint.rules(elsewhere, region)).toHaveLength(1);
  });

  strictly("calls about so many rules at least, made or named", async () => {
    await endpoint.befall([{ action: "*", rules: 2, times: 2, fault }]);
    const [first, second] = [1, 2].map((port) => tcp(port, ipv4("10.0.0.0/8")));
    for (const permission of [first, second]) await authorize(once, group, [known(permission)]);
    expect(await refusal(authorize(once, group, [tcp(3, ipv4("10.0.0.0/8", "10.0.0.0/16"))]))).toMatch(/^no/);
    expect(await refusal(authorize(once, group, [tcp(4, {}), tcp(5, {})]))).toMatch(/^InternalError/);
    const ids = (await endpoint.rules(group)).map(idOf).slice(-2);
    expect(await refusal(revoke(once, group, ids.slice(1)))).toMatch(/^no/);
    expect(await refusal(revoke(once, group, ids))).toMatch(/^InternalError/);
  });

  test("no call twice: of several the first is the one, and the others count on", async () => {
    await endpoint.befall([
      { action, nth: 2, fault: { kind: "cutBefore" } },
      { action: "*", nth: 2, times: 2, fault },
    ]);
    for (let call = 1; call <= 4; call += 1) await authorizeMany(1);
    expect((await endpoint.calls()).map((call) => call.fault)).toEqual([
      undefined,
      "cutBefore",
      "errorBefore",
      undefined,
    ]);
  });

  test("every try that the SDK makes, while there is one left", async () => {
    await endpoint.befall([{ action, times: 3, fault }]);
    const thrice = endpoint.client({ maxAttempts: 3 });
    const call = () => refusal(authorize(thrice, group, [tcp(1, ipv4("10.0.0.0/8"))]));
    expect(await call()).toMatch(/^InternalError: /);
    expect(await endpoint.count()).toEqual({ [action]: 3 });
    expect(await call()).toMatch(/^no refusal/);
  });

  test("calls before a bucket or a denial does", async () => {
    await endpoint.throttle({ [action]: { capacity: 0, perSecond: 0 } });
    await endpoint.befall([{ action, fault }]);
    const answers = [...(await authorizeMany(1)), ...(await authorizeMany(1))];
    await endpoint.throttle({});
    expect(answers.map((answer) => answer.split(":")[0])).toEqual(["InternalError", "RequestLimitExceeded"]);
  });
});

describe("a fault does not count", () => {
  test("dry runs", async () => {
    await endpoint.befall([{ action: "*", fault }]);
    expect((await authorizeMany(2, true)).join()).toMatch(/^DryRunOperation.*,DryRunOperation/);
    await authorizeMany(1);
    expect(await befallen()).toEqual([3]);
  });

  test("what the endpoint does for tests", async () => {
    await endpoint.befall([{ action: "*", fault }]);
    await endpoint.makeNetwork();
    await endpoint.rules(group);
    await endpoint.prefixLists();
    expect(await befallen()).toEqual([]);
  });

  test("what came before it was asked for", async () => {
    await endpoint.befall([{ action, nth: 2, fault }]);
    await authorizeMany(1);
    await endpoint.befall([{ action, nth: 2, fault }]);
    await authorizeMany(2);
    expect(await befallen()).toEqual([3]);
  });
});

test("without faults, none is left", async () => {
  await endpoint.befall([{ action, times: 9, fault }]);
  await endpoint.befall([]);
  await authorizeMany(3);
  expect(await befallen()).toEqual([]);
});

test.each<[string, unknown]>([
  ["There is no fault 'fire'", { action, fault: { kind: "fire" } }],
  ["KeyError: 'code'", { action, fault: { kind: "errorAfter", status: 500 } }],
  ["Calls are counted from 1", { action, nth: 0, fault }],
  ["Calls are counted from 1", { action, times: 0, fault }],
])("what makes no sense is refused: %s, and what was asked for stays", async (message, entry) => {
  await endpoint.befall([{ action, fault }]);
  await expect(endpoint.befall([entry as Befalling])).rejects.toThrow(message);
  await authorizeMany(1);
  expect(await befallen()).toEqual([1]);
});
