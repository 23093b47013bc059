import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRuleUpdate,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { DESCRIBE, MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  failureOf,
  type Handler,
  handlerAt,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { made, revokeAll, web } from "./many";
import { place } from "./ownPlace";
import { authorize, tcp } from "./place";

let handler: Handler;

beforeEach(() => {
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

describe("twenty rules that change at once", () => {
  let resources: Resource[];

  beforeEach(async () => {
    resources = await made(handler, web(place, 20));
  });

  const openTo = (args: Props, at: number) => ({ ...args, toPort: 2000 + at });

  strictly.each<[string, (args: Props, at: number) => Props, string[]]>([
    ["their ports are changed", openTo, [MODIFY]],
    ["they are described", (args, at) => ({ ...args, description: `service ${at}` }), [MODIFY]],
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
    ["another port", openTo],
    ["a description", (args: Props) => ({ ...args, description: "updates" })],
  ])("%s fails alone for those that are gone", async (_, argsOf) => {
    const gone = await revokeAll(place, resources.slice(3, 8));
    const { result, actions } = await changing(resources, argsOf);
    expect(failed(result)).toEqual(result.slice(3, 8));
    for (const [at, id] of gone.entries()) {
      expect(result[3 + at]).toMatch(new RegExp(`^changing rule ${id}`));
      expect(result[3 + at]).toContain(
        `InvalidSecurityGroupRuleId.NotFound: The security group rule ID '${id}' does not exist`,
      );
    }
    expect(actions).toEqual([MODIFY, MODIFY]);
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
