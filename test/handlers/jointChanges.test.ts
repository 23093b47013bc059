import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRuleUpdate,
} from "@aws-sdk/client-ec2";
import { mockClient } from "aws-sdk-client-mock";
import { DESCRIBE, MODIFY } from "../actions";
import { known } from "../known";
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
import { CLAIM, OWNER_TAG, removeTag } from "./place";

let handler: Handler;

beforeEach(() => {
  handler = handlerAt(endpoint);
});

afterEach(() => endpoint.deny([]));

/** What `up` does with all of them at once: each one's new state, or its error. */
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

  const describeAs = (args: Props, at: number) => ({ ...args, description: `service ${at}` });

  strictly.each<[string, (args: Props, at: number) => Props, string[]]>([
    ["they are described", describeAs, [MODIFY]],
    ["they get the same tags", (args) => ({ ...args, tags: { Team: "web" } }), ["CreateTags"]],
    [
      "all that there is is changed",
      (args, at) => ({ ...describeAs(args, at), tags: { Team: "web" } }),
      [MODIFY, "CreateTags"],
    ],
  ])("cost one call for each kind of change: %s", async (_, argsOf, calls) => {
    const { result, actions } = await changing(resources, argsOf);
    expect(actions).toEqual(calls);
    expect(failed(result)).toEqual([]);
    const refreshed = await Promise.all(resources.map((resource) => refresh(handler, resource)));
    expect(refreshed.map((one) => one?.outs)).toEqual(
      result.map((one) => (typeof one === "string" ? one : one.outs)),
    );
    const held = await place.rules();
    expect(held.map((rule) => rule.securityGroupRuleId)).toEqual(resources.map(({ id }) => id));
  });

  strictly("lose their descriptions by one call", async () => {
    const described = await made(handler, web(place, 20, { cidrIpv4: "10.1.0.0/16", description: "web" }));
    const { actions } = await changing(described, ({ description: _, ...args }) => args);
    expect(actions).toEqual([MODIFY]);
    expect((await place.rules()).filter(({ description }) => description)).toEqual([]);
  });

  strictly("lose tags by one call", async () => {
    const tagged = await made(handler, web(place, 20, { cidrIpv4: "10.1.0.0/16", tags: { Team: "web" } }));
    const { actions } = await changing(tagged, ({ tags: _, ...args }) => args);
    expect(actions).toEqual(["DeleteTags"]);
  });

  strictly("cost one call for each set of tags", async () => {
    const { actions } = await changing(resources, (args, at) => ({ ...args, tags: { Team: `${at % 2}` } }));
    expect(actions).toEqual(["CreateTags", "CreateTags"]);
  });

  strictly("regain lost claims by one look-up and one call", async () => {
    for (const { id } of resources) await removeTag(place, id, OWNER_TAG);
    const lost = await Promise.all(resources.map(async (one) => known(await refresh(handler, one))));
    const { result, actions } = await changing(lost, (args) => args);
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(failed(result)).toEqual([]);
    for (const { tags } of await place.rules()) expect(tags).toEqual({ [OWNER_TAG]: CLAIM });
  });

  strictly("fail alone if they are gone", async () => {
    const gone = await revokeAll(place, resources.slice(3, 8));
    const { result, actions } = await changing(resources, describeAs);
    expect(failed(result)).toEqual(result.slice(3, 8));
    for (const [at, id] of gone.entries()) {
      expect(result[3 + at]).toMatch(new RegExp(`^changing rule ${id}`));
      expect(result[3 + at]).toContain(
        `InvalidSecurityGroupRuleId.NotFound: The security group rule ID '${id}' does not exist`,
      );
    }
    expect(actions).toEqual([MODIFY, DESCRIBE, MODIFY]);
    expect((await place.rules()).filter(({ description }) => description)).toHaveLength(15);
  });

  test("fail alone if they are gone and EC2 names one at a time", async () => {
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
        const updating = handler.update(id, outs, { ...outs, description: "updates" });
        return updating.then(
          () => undefined,
          () => failureOf(updating),
        );
      }),
    );
    expect(ec2.commandCalls(ModifySecurityGroupRulesCommand)).toHaveLength(2);
    expect(ec2.commandCalls(DescribeSecurityGroupRulesCommand)).toHaveLength(1);
    ec2.restore();
    for (const [at, { id }] of resources.entries()) {
      if (!gone.has(id)) expect(results[at]).toBeUndefined();
      else expect(results[at]).toContain(`The security group rule ID '${id}' does not exist`);
    }
  });

  strictly("share an error that concerns none of them", async () => {
    await endpoint.deny([MODIFY]);
    const { result, actions } = await changing(resources, describeAs);
    expect(actions).toEqual([MODIFY]);
    expect(failed(result)).toHaveLength(20);
    for (const [at, { id }] of resources.entries()) expect(result[at]).toContain(`changing rule ${id}`);
  });
});
