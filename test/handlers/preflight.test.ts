import { EC2Client } from "@aws-sdk/client-ec2";
import { UNKNOWN } from "../../provider/rule/unknown";
import { AUTHORIZE, MODIFY, REVOKE } from "../actions";
import type { RecordedCall } from "../ec2/endpoint";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { checked, failureOf, type Handler, handlerAt, make, type Props } from "./handler";
import { place } from "./ownPlace";
import { CLAIM, STACK } from "./place";

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
    owner: STACK,
    ...more,
  };
}

/** The calls, all of which must be dry runs. */
function dryRuns(calls: readonly RecordedCall[]): string[] {
  expect(calls.filter(({ params }) => params.DryRun !== "true")).toEqual([]);
  return calls.map(({ action }) => action);
}

describe("for a new rule", () => {
  test("sends EC2 the exact call, and creates nothing", async () => {
    const { failures } = await handler.check({}, web());
    expect(failures).toEqual([]);
    const calls = await endpoint.calls();
    expect(dryRuns(calls)).toEqual([AUTHORIZE]);
    expect(calls[0]?.params).toMatchObject({
      GroupId: place.group,
      "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/16",
      "TagSpecification.1.Tag.1.Value": CLAIM,
    });
    expect(await place.rules()).toEqual([]);
  });

  test("fails for a denied action, and names it", async () => {
    await endpoint.deny([AUTHORIZE]);
    const { failures } = await handler.check({}, web());
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe("securityGroupId");
    expect(failures[0]?.reason).toContain(
      `preflight of authorizing tcp 443 to 10.0.0.0/16 on ${place.group} (us-east-1): UnauthorizedOperation`,
    );
    expect(failures[0]?.reason).toContain(`Allow ec2:${AUTHORIZE} to the current credentials.`);
  });

  test.each<[string, Props]>([
    ["the group", { securityGroupId: UNKNOWN }],
    ["the destination", { cidrIpv4: UNKNOWN }],
    ["a port", { toPort: UNKNOWN }],
    ["all tags", { tags: UNKNOWN }],
    ["a tag", { tags: { Team: UNKNOWN } }],
  ])("is skipped while %s is unknown", async (_, unknown) => {
    await endpoint.deny([AUTHORIZE]);
    const { failures } = await handler.check({}, web(unknown));
    expect(failures).toEqual([]);
    expect(await endpoint.calls()).toEqual([]);
  });

  test("is skipped for a rule that is refused anyway", async () => {
    const { failures } = await handler.check({}, web({ fromPort: 70000 }));
    expect(failures.map(({ property }) => property)).toEqual(["fromPort"]);
    expect(await endpoint.calls()).toEqual([]);
  });

  test.each(["InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"])(
    "leaves a missing group to `up`: %s",
    async (code) => {
      const missing = Object.assign(new Error("no such group"), { name: code });
      jest.spyOn(EC2Client.prototype, "send").mockImplementation(() => Promise.reject(missing));
      const { failures } = await handler.check({}, web());
      expect(failures).toEqual([]);
    },
  );
});

describe("for a change", () => {
  let made: Awaited<ReturnType<typeof make>>;

  beforeEach(async () => {
    made = await make(handlerAt(endpoint), web());
    await endpoint.reset();
  });

  test("is skipped in check, because diff does it", async () => {
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
    ["tags", { tags: { Team: "ops" } }, ["CreateTags", "DeleteTags"]],
    ["the ports", { toPort: 444 }, [REVOKE]],
    ["unknown ports", { toPort: UNKNOWN }, [REVOKE]],
    ["the destination", { cidrIpv4: "10.1.0.0/16" }, [REVOKE]],
    ["the group", { securityGroupId: "sg-0fedcba9876543210" }, [REVOKE]],
    ["an unknown group", { securityGroupId: UNKNOWN }, [REVOKE]],
    ["an unknown tag", { tags: { Team: UNKNOWN } }, []],
  ])("of %s sends EC2 the exact calls, and makes none", (_, change, actions) =>
    expectDryRuns(change, actions),
  );

  strictly.each<[string, Props, string[]]>([
    ["the description", { description: "website" }, [MODIFY]],
    [
      "description and tags",
      { description: "website", tags: { Team: "ops" } },
      [MODIFY, "CreateTags", "DeleteTags"],
    ],
  ])("of %s sends EC2 the exact calls, and makes none", (_, change, actions) =>
    expectDryRuns(change, actions),
  );

  test("that restores a claim sends EC2 that call", async () => {
    const { claim: _, ...outs } = made.outs;
    const { changes } = await handler.diff(made.id, outs, await checked(handler, web(), made.inputs));
    expect(changes).toBe(true);
    expect(dryRuns(await endpoint.calls())).toEqual(["CreateTags"]);
  });

  test("to another rule happens when the engine checks the other half", async () => {
    await endpoint.deny([AUTHORIZE]);
    const { failures } = await handler.check({}, web({ toPort: 444 }));
    expect(failures.map(({ reason }) => reason).join()).toContain("preflight of authorizing tcp 443-444");
  });

  test.each<[string, Props, string]>([
    [MODIFY, { description: "website" }, "changing rule"],
    ["CreateTags", { tags: { Stage: "test", Team: "ops" } }, "tagging rule"],
    ["DeleteTags", { tags: { Team: "web" } }, "removing tags of rule"],
    [REVOKE, { toPort: 444 }, "revoking rule"],
  ])("fails at preview if %s is denied, and names it", async (action, change, doing) => {
    await endpoint.deny([action]);
    const news = await checked(handler, web(change), made.inputs);
    const message = await failureOf(handler.diff(made.id, made.outs, news));
    expect(message).toContain(`preflight of ${doing} ${made.id}`);
    expect(message).toContain(`Allow ec2:${action} to the current credentials.`);
  });
});

test("makes no call when off, even if everything is denied", async () => {
  const off = handlerAt(endpoint, { "aws-egress:preflight": "false" });
  const made = await make(off, web());
  await endpoint.deny([AUTHORIZE, MODIFY, REVOKE]);
  await endpoint.reset();
  for (const handlerWithout of [off, handlerAt(endpoint)]) {
    await checked(handlerWithout, web({ securityGroupId: place.other }));
    for (const change of [{ toPort: 444 }, { description: "website" }]) {
      const news = await checked(handlerWithout, web(change), made.inputs);
      await handlerWithout.diff(made.id, made.outs, news);
    }
  }
  expect(await endpoint.calls()).toEqual([]);
});

test("reports a dry run that EC2 carries out, and does not take it for an answer", async () => {
  jest.spyOn(EC2Client.prototype, "send").mockImplementation(() => Promise.resolve({}));
  const call = handler.check({}, web());
  await expect(call).rejects.toThrow(`EC2 carried out ${AUTHORIZE} although only a dry run was requested`);
});
