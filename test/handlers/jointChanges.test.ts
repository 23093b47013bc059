import {
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRule,
  type SecurityGroupRuleUpdate,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { DESCRIBE, MODIFY, REDESCRIBE, REVOKE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  failureOf,
  type Handler,
  handlerAt,
  handlerOf,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { made, web } from "./many";
import { authorize, clear, makePlace, OWNER_TAG, type Place, revoke, setTag, tcp } from "./place";

// Rules that are there, and are read, changed and deleted at once.

let place: Place;
let handler: Handler;

beforeAll(async () => {
  place = await makePlace(endpoint);
});

beforeEach(async () => {
  await clear(place);
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

/** What `up` does with all of them at once: the new state of each, or what its failure tells. */
function changing(resources: readonly Resource[], argsOf: (args: Props, place: number) => Props) {
  return recorded(endpoint, () =>
    Promise.all(
      resources.map(async (resource, at) => {
        const { region: _, tagsAll: __, ...args } = resource.inputs;
        const changed = change(handler, resource, argsOf(args, at));
        return changed.catch(() => failureOf(changed));
      }),
    ),
  );
}

const failed = (results: readonly (Resource | string)[]) =>
  results.filter((result) => typeof result === "string");

async function revokeAll(resources: readonly Resource[]): Promise<string[]> {
  for (const { id } of resources) await revoke(place, id);
  return resources.map(({ id }) => id);
}

describe("twenty rules that change at once", () => {
  let resources: Resource[];

  beforeEach(async () => {
    resources = await made(handler, web(place, 20));
  });

  const openTo = (args: Props, at: number) => ({ ...args, toPort: 2000 + at });

  strictly.each<[string, (args: Props, at: number) => Props, string[]]>([
    ["their ports are changed", openTo, [MODIFY]],
    ["they are described", (args, at) => ({ ...args, description: `service ${at}` }), [REDESCRIBE]],
    ["they get the same tags", (args) => ({ ...args, tags: { Team: "web" } }), ["CreateTags"]],
    [
      "all that there is is changed",
      (args, at) => ({ ...openTo(args, at), tags: { Team: "web" } }),
      [MODIFY, "CreateTags"],
    ],
  ])("cost one call for each thing to do: %s", async (_, argsOf, calls) => {
    const { result, actions } = await changing(resources, argsOf);
    expect(actions).toEqual(calls);
    expect(failed(result)).toEqual([]);
    const refreshed = await Promise.all(resources.map((resource) => refresh(handler, resource)));
    expect(refreshed.map((one) => one?.outs)).toEqual(
      result.map((one) => (typeof one === "string" ? one : one.outs)),
    );
  });

  strictly("lose tags by one call", async () => {
    const tagged = await made(handler, web(place, 20, { cidrIpv4: "10.1.0.0/16", tags: { Team: "web" } }));
    const { actions } = await changing(tagged, ({ tags: _, ...args }) => args);
    expect(actions).toEqual(["DeleteTags"]);
  });

  strictly("cost a call for each set of tags", async () => {
    const { actions } = await changing(resources, (args, at) => ({ ...args, tags: { Team: `${at % 2}` } }));
    expect(actions).toEqual(["CreateTags", "CreateTags"]);
  });

  strictly("fail alone where another rule is so already", async () => {
    const id = await authorize(place, { ...tcp(1007, "10.0.0.0/16"), ToPort: 2007 });
    const { result, actions } = await changing(resources, openTo);
    expect(actions).toEqual([MODIFY, DESCRIBE, MODIFY, DESCRIBE]);
    expect(failed(result)).toEqual([result[7]]);
    expect(result[7]).toContain(`changing rule ${resources[7]?.id} to tcp 1007-2007`);
    expect(result[7]).toContain(`InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/16, TCP`);
    expect(result[7]).toContain(`It is ${id}`);
  });

  strictly("pass on what they are to one another, as EC2 sees them together", async () => {
    const next = (args: Props, at: number) => ({ ...args, fromPort: 1001 + at, toPort: 1001 + at });
    const { result, actions } = await changing(resources, next);
    expect(actions).toEqual([MODIFY]);
    expect(failed(result)).toEqual([]);
    await authorize(place, tcp(1000, "10.0.0.0/16"));
  });

  strictly("fail where they follow one that cannot go on", async () => {
    await authorize(place, tcp(1020, "10.0.0.0/16"));
    const next = (args: Props, at: number) =>
      at < 18 ? openTo(args, at) : { ...args, fromPort: 1001 + at, toPort: 1001 + at };
    const { result } = await changing(resources, next);
    expect(failed(result)).toEqual([result[18], result[19]]);
    expect((await place.rules()).filter(({ toPort }) => Number(toPort) >= 2000)).toHaveLength(18);
  });

  strictly("fail alone where they lead to a group or list that is not there", async () => {
    const { cidrIpv4: _, ...rule }: Props = { ...web(place, 1)[0], prefixListId: place.s3 };
    const lists = await made(
      handler,
      Array.from({ length: 6 }, (_, at) => ({ ...rule, toPort: 3000 + at, owner: `shop/test/list-${at}` })),
    );
    const wrong = "pl-0123456789abcdef0";
    const { result, actions } = await changing(lists, (args, at) => ({
      ...args,
      prefixListId: at === 2 ? wrong : place.dynamodb,
    }));
    expect(actions).toEqual([MODIFY, MODIFY]);
    expect(failed(result)).toEqual([expect.stringContaining("Check the prefix list's id")]);
    expect(result[2]).toContain(`to ${wrong}`);
  });

  strictly.each([
    [MODIFY, openTo],
    [REDESCRIBE, (args: Props) => ({ ...args, description: "updates" })],
  ])("%s fails alone for those that are gone", async (action, argsOf) => {
    const gone = await revokeAll(resources.slice(3, 8));
    const { result, actions } = await changing(resources, argsOf);
    expect(failed(result)).toEqual(result.slice(3, 8));
    for (const [at, id] of gone.entries()) {
      expect(result[3 + at]).toMatch(new RegExp(`^(changing|describing) rule ${id}`));
      expect(result[3 + at]).toContain(
        `InvalidSecurityGroupRuleId.NotFound: The security group rule ID '${id}' does not exist`,
      );
    }
    expect(actions).toEqual([action, action]);
  });

  test("fail alone where they are gone, also where EC2 names one at a time", async () => {
    const ec2 = mockClient(EC2Client);
    const gone = new Set(resources.slice(3, 8).map(({ id }) => id));
    ec2.on(ModifySecurityGroupRulesCommand).callsFake(async ({ SecurityGroupRules = [] }) => {
      const ids = SecurityGroupRules.map((one: SecurityGroupRuleUpdate) => one.SecurityGroupRuleId);
      const [first] = ids.filter((id: string) => gone.has(id));
      if (first === undefined) return {};
      throw Object.assign(new Error(`The security group rule ID '${first}' does not exist`), {
        name: "InvalidSecurityGroupRuleId.NotFound",
        $metadata: { httpStatusCode: 400 },
      });
    });
    ec2.on(DescribeSecurityGroupRulesCommand).callsFake(async ({ Filters: [{ Values }] }) => {
      const there = Values.filter((id: string) => !gone.has(id));
      return { SecurityGroupRules: there.map((id: string) => ({ SecurityGroupRuleId: id })) };
    });
    const results = await Promise.all(
      resources.map(async ({ id, outs }) => {
        const updating = handler.update(id, outs, { ...outs, toPort: 2000 });
        return updating.then(
          () => undefined,
          () => failureOf(updating),
        );
      }),
    );
    expect(ec2.commandCalls(ModifySecurityGroupRulesCommand)).toHaveLength(3);
    expect(ec2.commandCalls(DescribeSecurityGroupRulesCommand)).toHaveLength(1);
    ec2.restore();
    for (const [at, { id }] of resources.entries()) {
      if (!gone.has(id)) expect(results[at]).toBeUndefined();
      else expect(results[at]).toContain(`The security group rule ID '${id}' does not exist`);
    }
  });

  strictly("fail with the same error where it is about none of them", async () => {
    await endpoint.deny([MODIFY]);
    const { result, actions } = await changing(resources, openTo);
    expect(actions).toEqual([MODIFY]);
    expect(failed(result)).toHaveLength(20);
    for (const [at, { id }] of resources.entries()) expect(result[at]).toContain(`changing rule ${id}`);
  });
});

describe("rules that are read at once", () => {
  test("are found, or found gone, by one call", async () => {
    const resources = await made(handler, web(place, 20));
    await revokeAll(resources.slice(5, 9));
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

  test("all fail where EC2 does not answer", async () => {
    const resources = await made(handler, web(place, 5));
    await endpoint.deny([DESCRIBE]);
    const messages = await Promise.all(resources.map((resource) => failureOf(refresh(handler, resource))));
    for (const [at, { id }] of resources.entries()) expect(messages[at]).toContain(`reading rule ${id}`);
  });

  test("are asked for 200 at a time, through every page", async () => {
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

describe("rules that are deleted at once", () => {
  const deleting = (resources: readonly Resource[]) =>
    recorded(endpoint, () => Promise.all(resources.map(({ id, outs }) => handler.delete(id, outs))));

  test("go, but for those that are gone already or another's", async () => {
    const said = jest.spyOn(console, "error").mockImplementation(() => {});
    const resources = await made(handler, web(place, 20));
    await revokeAll(resources.slice(0, 3));
    const others = resources.slice(10, 12);
    for (const { id } of others) await setTag(place, id, OWNER_TAG, "shop/prod/api");
    const { actions } = await deleting(resources);
    said.mockRestore();
    // One that is gone refuses them all. Plain moto names one at a time: then they are looked up.
    const lookedUp = process.env.EC2_ENDPOINT === "plain" ? [DESCRIBE, REVOKE] : [];
    expect(actions).toEqual([DESCRIBE, REVOKE, REVOKE, ...lookedUp]);
    const left = (await place.rules()).map((rule) => rule.securityGroupRuleId).sort();
    expect(left).toEqual(others.map(({ id }) => id).sort());
  });

  test("go where some go by another hand in the same moment", async () => {
    const resources = await made(handler, web(place, 20));
    const again = resources.map(({ id, outs }) => handlerAt(endpoint).delete(id, outs));
    await deleting(resources);
    await Promise.all(again);
    expect(await place.rules()).toEqual([]);
  });

  test("count as deleted where their group is gone", async () => {
    const own = await makePlace(endpoint);
    const resources = await made(handler, web(own, 5));
    await own.ec2.send(new DeleteSecurityGroupCommand({ GroupId: own.group }));
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE]);
  });

  test("of two groups are two calls", async () => {
    const groups = await endpoint.makeGroups(2);
    const resources = await made(
      handler,
      groups.flatMap((group) => web({ group }, 5)),
    );
    expect((await deleting(resources)).actions).toEqual([DESCRIBE, REVOKE, REVOKE]);
  });
});
