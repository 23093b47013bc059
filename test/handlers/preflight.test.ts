import { EC2Client } from "@aws-sdk/client-ec2";
import { UNKNOWN } from "../../provider/rule/unknown";
import { AUTHORIZE } from "../actions";
import type { RecordedCall } from "../ec2/endpoint";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { checked, failureOf, type Handler, handlerAt, make, type Props } from "./handler";
import { place } from "./ownPlace";
import { OWNER } from "./place";

let handler: Handler;

const PREFLIGHT = { "aws-egress:preflight": "true" };

beforeAll(() => {
  handler = handlerAt(endpoint, PREFLIGHT);
});

beforeEach(() => endpoint.reset());

afterEach(async () => {
  jest.restoreAllMocks();
  await endpoint.deny([]);
});

function web(more: Props = {}): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.0.0.0/16",
    description: "web",
    tags: { Stage: "test", Team: "web" },
    owner: OWNER,
    ...more,
  };
}

/** Which calls were made, all of them as dry runs only. */
function dryRuns(calls: readonly RecordedCall[]): string[] {
  expect(calls.filter(({ params }) => params.DryRun !== "true")).toEqual([]);
  return calls.map(({ action }) => action);
}

describe("of a new rule", () => {
  test("asks EC2 for the very call, and makes nothing", async () => {
    const { failures } = await handler.check({}, web());
    expect(failures).toEqual([]);
    const calls = await endpoint.calls();
    expect(dryRuns(calls)).toEqual([AUTHORIZE]);
    expect(calls[0]?.params).toMatchObject({
      GroupId: place.group,
      "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/16",
      "TagSpecification.1.Tag.1.Value": OWNER,
    });
    expect(await place.rules()).toEqual([]);
  });

  test("fails on an action that is denied, by its name", async () => {
    await endpoint.deny([AUTHORIZE]);
    const { failures } = await handler.check({}, web());
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe("securityGroupId");
    expect(failures[0]?.reason).toContain(
      `preflight of authorizing tcp 443 to 10.0.0.0/16 on ${place.group} (us-east-1): UnauthorizedOperation`,
    );
    expect(failures[0]?.reason).toContain(`Allow ec2:${AUTHORIZE} to the credentials in use.`);
  });

  test.each<[string, Props]>([
    ["the group", { securityGroupId: UNKNOWN }],
    ["the destination", { cidrIpv4: UNKNOWN }],
    ["a port", { toPort: UNKNOWN }],
    ["all tags", { tags: UNKNOWN }],
    ["a tag", { tags: { Team: UNKNOWN } }],
  ])("is left out while %s is not known", async (_, unknown) => {
    await endpoint.deny([AUTHORIZE]);
    const { failures } = await handler.check({}, web(unknown));
    expect(failures).toEqual([]);
    expect(await endpoint.calls()).toEqual([]);
  });

  test("is left out for a rule that is refused anyway", async () => {
    const { failures } = await handler.check({}, web({ fromPort: 70000 }));
    expect(failures.map(({ property }) => property)).toEqual(["fromPort"]);
    expect(await endpoint.calls()).toEqual([]);
  });

  test.each(["InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"])(
    "leaves a group that is not there yet to `up`: %s",
    async (code) => {
      const missing = Object.assign(new Error("no such group"), { name: code });
      jest.spyOn(EC2Client.prototype, "send").mockImplementation(() => Promise.reject(missing));
      const { failures } = await handler.check({}, web());
      expect(failures).toEqual([]);
    },
  );
});

describe("of a change", () => {
  let made: Awaited<ReturnType<typeof make>>;

  beforeEach(async () => {
    made = await make(handlerAt(endpoint), web());
    await endpoint.reset();
  });

  test("that check sees asks nothing: diff does", async () => {
    await checked(handler, web({ toPort: 444 }), made.inputs);
    expect(await endpoint.calls()).toEqual([]);
  });

  async function expectDryRuns(change: Props, actions: readonly string[]): Promise<void> {
    const held = await place.rules();
    const news = await checked(handler, web(change), made.inputs);
    await endpoint.reset();
    const { changes } = await handler.diff(made.id, made.outs, news);
    expect(changes).toBe(Object.keys(change).length > 0);
    expect(dryRuns(await endpoint.calls())).toEqual(actions);
    expect(await place.rules()).toEqual(held);
  }

  test.each<[string, Props, string[]]>([
    ["nothing", {}, []],
    [
      "ports and tags",
      { toPort: 444, tags: { Team: "ops" } },
      ["ModifySecurityGroupRules", "CreateTags", "DeleteTags"],
    ],
    ["the group", { securityGroupId: "sg-0fedcba9876543210" }, ["RevokeSecurityGroupEgress"]],
    ["the group, not yet known,", { securityGroupId: UNKNOWN }, ["RevokeSecurityGroupEgress"]],
    ["the ports, not yet known,", { toPort: UNKNOWN }, []],
    ["a tag, not yet known,", { tags: { Team: UNKNOWN } }, []],
  ])("of %s asks EC2 for the very calls, and makes none", (_, change, actions) =>
    expectDryRuns(change, actions),
  );

  strictly("of the description asks EC2 for the very call, and does not make it", () =>
    expectDryRuns({ description: "website" }, ["ModifySecurityGroupRules"]),
  );

  test.each<[string, Props, string]>([
    ["ModifySecurityGroupRules", { toPort: 444 }, "changing rule"],
    ["ModifySecurityGroupRules", { description: "website" }, "changing rule"],
    ["CreateTags", { toPort: 444, tags: { Stage: "test", Team: "ops" } }, "tagging rule"],
    ["DeleteTags", { tags: { Team: "web" } }, "removing tags of rule"],
    ["RevokeSecurityGroupEgress", { securityGroupId: "sg-0fedcba9876543210" }, "revoking rule"],
  ])("for which %s is denied fails at preview, by that name", async (action, change, doing) => {
    await endpoint.deny([action]);
    const news = await checked(handler, web(change), made.inputs);
    const message = await failureOf(handler.diff(made.id, made.outs, news));
    expect(message).toContain(`preflight of ${doing} ${made.id}`);
    expect(message).toContain(`Allow ec2:${action} to the credentials in use.`);
  });
});

test("that is off makes no call, whatever is denied", async () => {
  const off = handlerAt(endpoint, { "aws-egress:preflight": "false" });
  const made = await make(off, web());
  await endpoint.deny([AUTHORIZE, "ModifySecurityGroupRules"]);
  await endpoint.reset();
  for (const handlerWithout of [off, handlerAt(endpoint)]) {
    await checked(handlerWithout, web({ securityGroupId: place.other }));
    const news = await checked(handlerWithout, web({ toPort: 444 }), made.inputs);
    await handlerWithout.diff(made.id, made.outs, news);
  }
  expect(await endpoint.calls()).toEqual([]);
});

test("that EC2 carries out instead is told, and not taken for an answer", async () => {
  jest.spyOn(EC2Client.prototype, "send").mockImplementation(() => Promise.resolve({}));
  const call = handler.check({}, web());
  await expect(call).rejects.toThrow(
    `EC2 carried out ${AUTHORIZE}, of which it was asked for a dry run only`,
  );
});
