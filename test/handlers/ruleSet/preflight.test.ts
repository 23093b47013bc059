import { UNKNOWN } from "../../../provider/rule/unknown";
import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { checked, failureOf, make, type Props } from "../handler";
import { makePlace, type Place } from "../place";
import { lines, many, set, setsAt, to } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
  await endpoint.reset();
});
afterEach(() => endpoint.deny([]));

const preflighting = () => setsAt(endpoint, { "aws-egress:preflight": "true" });

test("check sends a dry run for a create, with all rules at once, and creates nothing", async () => {
  const held = await lines(place);
  await checked(preflighting(), set(place, many(5)));
  expect(await endpoint.count()).toEqual({ [AUTHORIZE]: 1, [DESCRIBE]: 1 });
  expect(await lines(place)).toEqual(held);
});

test("preview refuses what is not allowed, and names the action to allow", async () => {
  await endpoint.deny([AUTHORIZE]);
  const { failures } = await preflighting().check({}, set(place, many(5)));
  expect(failures).toEqual([
    {
      property: "securityGroupId",
      reason: expect.stringContaining("preflight of authorizing tcp 443 to 10.0.0.0/24; "),
    },
  ]);
  expect(failures[0]?.reason).toContain("Allow ec2:AuthorizeSecurityGroupEgress");
});

test.each<[string, Props]>([
  ["a group", { securityGroupId: UNKNOWN }],
  ["a rule", { rules: [to(443, "10.0.0.0/8", { description: UNKNOWN })] }],
])("no dry run is sent while %s is unknown, or for an existing set", async (_, more) => {
  await checked(preflighting(), set(place, many(1), more));
  await checked(preflighting(), set(place, many(1)), await checked(setsAt(endpoint), set(place, many(1))));
  expect(await endpoint.count()).toEqual({});
});

describe("diff sends a dry run for an update", () => {
  const diffTo = async (args: Props) => {
    const made = await make(setsAt(endpoint), set(place, [...many(3), to(1, "10.0.0.0/8")]));
    const inputs = await checked(setsAt(endpoint), args);
    return { diff: () => preflighting().diff(made.id, made.outs, inputs) };
  };
  const edited = () => set(place, [...many(2, { description: "updates" }), to(2, "10.0.0.0/8")]);

  test("with exactly the update's calls", async () => {
    const { diff } = await diffTo(edited());
    await endpoint.reset();
    expect(await diff()).toEqual({ changes: true, replaces: [] });
    expect(await endpoint.count()).toEqual({ [AUTHORIZE]: 1, [MODIFY]: 1, [REVOKE]: 1 });
  });

  test.each([AUTHORIZE, MODIFY, REVOKE])("and fails if %s is denied", async (action) => {
    const { diff } = await diffTo(edited());
    await endpoint.deny([action]);
    expect(await failureOf(diff())).toContain(`Allow ec2:${action}`);
  });

  test("and for the revoke of its rules if the set is replaced", async () => {
    const { diff } = await diffTo({ ...edited(), securityGroupId: place.other });
    await endpoint.reset();
    expect(await diff()).toMatchObject({ changes: true });
    expect(await endpoint.count()).toEqual({ [REVOKE]: 1 });
  });

  test("and none without a change", async () => {
    const { diff } = await diffTo(set(place, [...many(3), to(1, "10.0.0.0/8")]));
    await endpoint.reset();
    expect(await diff()).toEqual({ changes: false, replaces: [] });
    expect(await endpoint.count()).toEqual({});
  });
});
