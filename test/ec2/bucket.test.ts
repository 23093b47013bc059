import { type EC2Client, EC2ServiceException } from "@aws-sdk/client-ec2";
import { endpoint } from "../world";
import { ec2Buckets } from "./endpoint";
import { ipv4, refusal, tcp } from "./rules";
import { authorize } from "./send";

let once: EC2Client;
let group: string;

beforeAll(async () => {
  once = endpoint.client({ maxAttempts: 1 });
  [group] = (await endpoint.makeNetwork()).groupIds;
});

beforeEach(() => endpoint.reset());

afterEach(() => endpoint.throttle({}));

let port = 0;
function authorizeNext(ec2 = once): Promise<unknown> {
  port += 1;
  return authorize(ec2, group, [tcp(port, ipv4("10.0.0.0/8"))]);
}

const two = { AuthorizeSecurityGroupEgress: { capacity: 2, perSecond: 0 } };
const exceeded = "RequestLimitExceeded: Request limit exceeded.";

describe("an empty bucket", () => {
  test("refuses a call before it takes effect", async () => {
    await endpoint.throttle(two);
    await authorizeNext();
    await authorizeNext();
    const before = await endpoint.rules(group);
    await endpoint.reset();
    const error: unknown = await authorizeNext().catch((reason) => reason);
    expect(error).toBeInstanceOf(EC2ServiceException);
    expect(error).toMatchObject({ name: "RequestLimitExceeded", $metadata: { httpStatusCode: 503 } });
    const [call] = await endpoint.calls();
    expect(call).toMatchObject({ status: 503, error: "RequestLimitExceeded", throttled: true });
    expect(call).not.toHaveProperty("acted");
    expect(await endpoint.rules(group)).toEqual(before);
  });

  test("is told by the SDK from a failure, and counted with each of its tries", async () => {
    await endpoint.throttle(two);
    await authorizeNext();
    await authorizeNext();
    expect(await refusal(authorizeNext(endpoint.client({ maxAttempts: 2 })))).toBe(exceeded);
    expect(await endpoint.count()).toEqual({ AuthorizeSecurityGroupEgress: 4 });
    expect(await endpoint.count({ throttled: true })).toEqual({ AuthorizeSecurityGroupEgress: 2 });
    expect(await endpoint.count({ throttled: false })).toEqual({ AuthorizeSecurityGroupEgress: 2 });
  });

  test("comes before a dry run and before the right to call", async () => {
    await endpoint.throttle({ AuthorizeSecurityGroupEgress: { capacity: 0, perSecond: 0 } });
    await endpoint.deny(["AuthorizeSecurityGroupEgress"]);
    const call = authorize(once, group, [tcp(443, ipv4("10.0.0.0/8"))], { DryRun: true });
    expect(await refusal(call)).toBe(exceeded);
    await endpoint.deny([]);
  });

  test("leaves other actions alone", async () => {
    await endpoint.throttle({ AuthorizeSecurityGroupEgress: { capacity: 0, perSecond: 0 } });
    expect(await endpoint.rules(group)).not.toEqual([]);
  });

  test("leaves other Regions alone", async () => {
    await endpoint.throttle(two);
    const elsewhere = endpoint.client({ region: "eu-west-1", maxAttempts: 1 });
    const refusals = [];
    for (const ec2 of [once, once, once, elsewhere]) {
      refusals.push(await refusal(authorizeNext(ec2)));
    }
    expect(refusals[2]).toBe(exceeded);
    expect(refusals[3]).toMatch(/^InvalidGroup\.NotFound/);
  });

  test("fills again", async () => {
    await endpoint.throttle({ AuthorizeSecurityGroupEgress: { capacity: 1, perSecond: 20 } });
    while ((await refusal(authorizeNext())) !== exceeded);
    while ((await refusal(authorizeNext())) === exceeded);
  });

  test("is full again where buckets are given again, and gone where there are none", async () => {
    await endpoint.throttle(two);
    for (const buckets of [two, {}]) {
      await authorizeNext();
      await authorizeNext();
      expect(await refusal(authorizeNext())).toBe(exceeded);
      await endpoint.throttle(buckets);
    }
    await authorizeNext();
    await authorizeNext();
    await authorizeNext();
  });
});

describe("EC2's buckets", () => {
  test.each([
    ["AuthorizeSecurityGroupEgress", 50],
    ["RevokeSecurityGroupEgress", 50],
    ["ModifySecurityGroupRules", 50],
    ["UpdateSecurityGroupRuleDescriptionsEgress", 50],
    ["DescribeSecurityGroupRules", 100],
    ["CreateTags", 100],
    ["DeleteTags", 100],
  ])("let through %i calls of %s at one time", (action, calls) => {
    expect(ec2Buckets[action]?.capacity).toBe(calls);
  });

  test("refuse what is too much at one time", async () => {
    await endpoint.throttle(ec2Buckets);
    const calls = Array.from({ length: 100 }, () => refusal(authorizeNext()));
    const refused = (await Promise.all(calls)).filter((answer) => answer === exceeded);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(50);
    expect(await endpoint.count({ throttled: true })).toEqual({
      AuthorizeSecurityGroupEgress: refused.length,
    });
  });
});
