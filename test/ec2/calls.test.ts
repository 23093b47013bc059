import { DescribeSecurityGroupRulesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { endpoint } from "../world";
import { ipv4, refusal, tcp, unknownRule } from "./rules";
import { authorize, revoke } from "./send";

let ec2: EC2Client;
let group: string;

const range = tcp(443, ipv4("10.0.0.0/8"));

beforeAll(async () => {
  ec2 = endpoint.client();
});

beforeEach(async () => {
  [group] = (await endpoint.makeNetwork()).groupIds;
  await endpoint.reset();
});

describe("the call log", () => {
  test("keeps every call with its parameters and what came of it", async () => {
    await authorize(ec2, group, [range]);
    await refusal(revoke(ec2, group, [unknownRule]));
    await endpoint.rules(group);
    expect(await endpoint.calls()).toEqual([
      {
        action: "AuthorizeSecurityGroupEgress",
        region: "us-east-1",
        params: {
          GroupId: group,
          "IpPermissions.1.IpProtocol": "tcp",
          "IpPermissions.1.FromPort": "443",
          "IpPermissions.1.ToPort": "443",
          "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8",
        },
        status: 200,
        throttled: false,
        started: 1,
        acted: 1,
      },
      {
        action: "RevokeSecurityGroupEgress",
        region: "us-east-1",
        params: { GroupId: group, "SecurityGroupRuleId.1": unknownRule },
        status: 400,
        error: expect.stringMatching(/^Invalid.*\.NotFound$/),
        throttled: false,
        started: 2,
        acted: 2,
      },
      {
        action: "DescribeSecurityGroupRules",
        region: "us-east-1",
        params: { "Filter.1.Name": "group-id", "Filter.1.Value.1": group },
        status: 200,
        throttled: false,
        started: 3,
        acted: 3,
      },
    ]);
    expect(await endpoint.count()).toEqual({
      AuthorizeSecurityGroupEgress: 1,
      RevokeSecurityGroupEgress: 1,
      DescribeSecurityGroupRules: 1,
    });
  });

  test("tells in what order calls at one time arrived and were carried out", async () => {
    const ports = Array.from({ length: 10 }, (_, index) => index);
    await Promise.all(ports.map((port) => authorize(ec2, group, [tcp(port, ipv4("10.0.0.0/8"))])));
    const calls = await endpoint.calls();
    expect(calls.map(({ started }) => started)).toEqual(ports.map((port) => port + 1));
    const carriedOut = calls.sort((one, two) => known(one.acted) - known(two.acted));
    const kept = (await endpoint.rules(group)).slice(1).map(({ FromPort }) => String(FromPort));
    expect(kept).toEqual(carriedOut.map(({ params }) => params["IpPermissions.1.FromPort"]));
  });

  test("forgets the calls on reset", async () => {
    await endpoint.rules(group);
    await endpoint.reset();
    expect(await endpoint.calls()).toEqual([]);
    expect(await endpoint.count()).toEqual({});
  });
});

describe("a denial", () => {
  afterEach(() => endpoint.deny([]));

  test.each([false, true])("is of what it names, and of that only, with DryRun %s", async (DryRun) => {
    await endpoint.deny(["AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"]);
    expect(await refusal(authorize(ec2, group, [range], { DryRun }))).toMatch(
      /^UnauthorizedOperation: You are not authorized .* not authorized to perform: ec2:AuthorizeSecurityGroupEgress/,
    );
    expect(await endpoint.rules(group)).toHaveLength(1);
    expect(await endpoint.calls()).toMatchObject([
      { status: 403, error: "UnauthorizedOperation" },
      { status: 200, acted: 1 },
    ]);
    await endpoint.deny([]);
    await authorize(ec2, group, [range]);
  });
});

describe("a slow endpoint", () => {
  afterEach(() => endpoint.slow({ milliseconds: 0 }));

  test("holds 64 calls at one time, and has carried out every one of them", async () => {
    const wide = endpoint.client({ requestHandler: { httpAgent: { maxSockets: 64 } } });
    await endpoint.slow({ milliseconds: 3_600_000 });
    const calls = Array.from({ length: 64 }, () => wide.send(new DescribeSecurityGroupRulesCommand()));
    const answers = Promise.all(calls);
    const held = async () => (await endpoint.calls()).filter(({ status, acted }) => status === 0 && acted);
    while ((await held()).length < 64);
    await endpoint.slow({ milliseconds: 0 });
    expect((await answers).every(({ SecurityGroupRules = [] }) => SecurityGroupRules.length > 0)).toBe(true);
    expect(await held()).toEqual([]);
  });
});
