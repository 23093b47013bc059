import { DescribeSecurityGroupRulesCommand, EC2Client, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { DESCRIBE } from "../actions";
import { endpoint } from "../world";
import { failureOf, type Handler, handlerAt, handlerOf, recorded, refresh } from "./handler";
import { made, revokeAll, web } from "./many";
import { place } from "./ownPlace";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

describe("rules that are read at once", () => {
  test("are found, or found missing, by one call", async () => {
    const resources = await made(handler, web(place, 20));
    await revokeAll(place, resources.slice(5, 9));
    const { result, actions } = await recorded(endpoint, () =>
      Promise.all(resources.map((resource) => refresh(handler, resource))),
    );
    expect(actions).toEqual([DESCRIBE]);
    expect(result.map((one) => one?.outs)).toEqual(
      resources.map(({ outs }, at) => (at >= 5 && at < 9 ? undefined : outs)),
    );
  });

  test("are found in every group by one call", async () => {
    const groups = await endpoint.makeGroups(3);
    const resources = await made(
      handler,
      groups.flatMap((group) => web({ group }, 5)),
    );
    const { actions } = await recorded(endpoint, () =>
      Promise.all(resources.map((resource) => refresh(handler, resource))),
    );
    expect(actions).toEqual([DESCRIBE]);
  });

  test("all fail if EC2 does not answer", async () => {
    const resources = await made(handler, web(place, 5));
    await endpoint.deny([DESCRIBE]);
    const messages = await Promise.all(resources.map((resource) => failureOf(refresh(handler, resource))));
    for (const [at, { id }] of resources.entries()) expect(messages[at]).toContain(`reading rule ${id}`);
  });

  test("are read 200 at a time, through every page", async () => {
    const ec2 = mockClient(EC2Client);
    const idOf = (at: number) => `sgr-${String(at).padStart(17, "0")}`;
    const rule: SecurityGroupRule = {
      GroupId: "sg-0123456789abcdef0",
      IsEgress: true,
      IpProtocol: "tcp",
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: "10.0.0.0/16",
    };
    ec2.on(DescribeSecurityGroupRulesCommand).callsFake(async ({ Filters, NextToken }) => {
      const [{ Values = [] } = {}] = Filters ?? [];
      const half = NextToken === undefined ? Values.slice(0, 100) : Values.slice(100);
      const SecurityGroupRules = half.map((id: string) => ({ ...rule, SecurityGroupRuleId: id }));
      return { SecurityGroupRules, ...(NextToken === undefined && { NextToken: "more" }) };
    });
    const mocked = handlerOf({ "aws:region": "us-east-1" });
    const found = await Promise.all(Array.from({ length: 250 }, (_, at) => mocked.read(idOf(at), {})));
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, at) => idOf(at)));
    expect(ec2.commandCalls(DescribeSecurityGroupRulesCommand)).toHaveLength(4);
    ec2.restore();
  });
});
