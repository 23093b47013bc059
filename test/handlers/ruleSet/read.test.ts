import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { failureOf, make, type Resource, recorded, refresh } from "../handler";
import {
  authorize,
  clear,
  makePlace,
  OLD_CLAIM,
  OTHERS_CLAIM,
  OWNER_TAG,
  type Place,
  removeTag,
  revoke,
  setTag,
  tcp,
} from "../place";
import { many, set, setsAt, to, unclaimed } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
  // Another file covers the strangers that an exclusive set revokes.
  jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  jest.restoreAllMocks();
  await endpoint.deny([]);
});

const read = async (resource: Resource) => known(await refresh(setsAt(endpoint), resource));
const keysOf = ({ outs }: Resource, property = "rules") => Object.keys(Object(outs[property]));

describe("a set", () => {
  test("is read in one call, and is unchanged if nobody touched it", async () => {
    const made = await make(
      setsAt(endpoint),
      set(place, many(20, { description: "x", tags: { Team: "web" } })),
    );
    const { result, actions } = await recorded(endpoint, () => read(made));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toEqual(made);
  });

  test("shows missing rules, in inputs and outputs, so that the next diff names them", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const [gone] = await place.rules().then((rules) => rules.slice(-1));
    await revoke(place, known(gone).securityGroupRuleId);
    const found = await read(made);
    expect(keysOf(found)).toEqual(["tcp 443 to 10.0.0.0/24", "tcp 443 to 10.0.1.0/24"]);
    expect(keysOf(found, "ruleIds")).toEqual(keysOf(found));
    expect(found.inputs.rules).toEqual(found.outs.rules);
  });

  test("shows changed descriptions and tags", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(443, "10.0.0.0/8", { description: "mine" })]));
    const id = known(Object.values<string>(Object(made.outs.ruleIds))[0]);
    await setTag(place, id, "Team", "ops");
    expect((await read(made)).outs.rules).toEqual({
      "tcp 443 to 10.0.0.0/8": { description: "mine", tags: { Team: "ops" } },
    });
  });

  test("omits the rules of others, unless it is exclusive", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")]));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    expect(await read(made)).toEqual(made);
  });

  test("shows strangers if it is exclusive, and the next `up` knows their owners", async () => {
    await clear(place);
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")], { exclusive: true }));
    await authorize(place, tcp(22, "10.0.0.0/8", "by hand"), { Team: "ops" });
    await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    const found = await read(made);
    expect(found.outs.rules).toEqual({
      "tcp 1 to 10.0.0.0/8": {},
      "tcp 22 to 10.0.0.0/8": { description: "by hand", tags: { Team: "ops" } },
      "tcp 23 to 10.0.0.0/8": {},
    });
    expect(found.inputs.rules).toEqual(found.outs.rules);
    // Shown, but not its own.
    expect(found.outs.ruleIds).toEqual(made.outs.ruleIds);
  });

  test.each([
    ["another resource of this stack", OLD_CLAIM],
    ["another stack", OTHERS_CLAIM],
  ])("loses a rule that %s has taken over", async (_, claim) => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const ids: { [key: string]: string } = Object(made.outs.ruleIds);
    await setTag(place, known(ids["tcp 443 to 10.0.0.0/24"]), OWNER_TAG, claim);
    const found = await read(made);
    expect(keysOf(found)).toEqual(["tcp 443 to 10.0.1.0/24"]);
    expect(keysOf(found, "ruleIds")).toEqual(["tcp 443 to 10.0.1.0/24"]);
    expect(found.outs.claim).toBe(made.outs.claim);
  });

  test("keeps a rule that lost its claim, and then knows none", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const ids: { [key: string]: string } = Object(made.outs.ruleIds);
    await removeTag(place, known(ids["tcp 443 to 10.0.0.0/24"]), OWNER_TAG);
    const { claim: _, ...others } = made.outs;
    const found = await read(made);
    expect(found.outs).toEqual(others);
    expect(await read(found)).toEqual(found);
  });

  strictly("without claims keeps the rules whose ids it knows", async () => {
    const made = await make(setsAt(endpoint), unclaimed(set(place, many(2))));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    expect(await read(made)).toEqual(made);
  });

  test("omits a rule of its stack that its state does not know", async () => {
    const made = await make(setsAt(endpoint), set(place, many(1)));
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: String(made.outs.claim) });
    expect(await read(made)).toEqual(made);
  });
});

describe("a group", () => {
  test("that is gone takes the set with it", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.group }));
    expect(await refresh(setsAt(endpoint), made)).toBeUndefined();
  });

  strictly("without a rule exists, and so does its set", async () => {
    const made = await make(setsAt(endpoint), set(place, [], { exclusive: true }));
    expect(await read(made)).toEqual(made);
    const other = await make(setsAt(endpoint), set(place, many(2)));
    await clear(place);
    expect(keysOf(await read(other))).toEqual([]);
  });

  test("without a rule counts as existing without permission to look", async () => {
    const made = await make(setsAt(endpoint), set(place, [], { exclusive: true }));
    await endpoint.deny(["DescribeSecurityGroups"]);
    expect(await read(made)).toEqual(made);
  });
});

describe("EgressRuleSet.get", () => {
  const get = () => refresh(setsAt(endpoint), { id: place.group, inputs: {}, outs: {} });

  test("reads all outbound rules of a group and their ids, whoever owns them", async () => {
    await make(setsAt(endpoint), set(place, [to(443, "10.0.0.0/8", { description: "x" })]));
    const found = known(await get());
    expect(found.outs).toMatchObject({
      securityGroupId: place.group,
      region: "us-east-1",
      rules: { "all traffic to 0.0.0.0/0": {}, "tcp 443 to 10.0.0.0/8": { description: "x" } },
    });
    expect(keysOf(found, "ruleIds")).toEqual(keysOf(found));
    expect(found.outs).not.toHaveProperty("owner");
    expect(found.outs).not.toHaveProperty("claim");
  });

  test("reads all of them again at a refresh, including new ones", async () => {
    await make(setsAt(endpoint), set(place, many(1)));
    const found = known(await get());
    expect(await read(found)).toEqual(found);
    await authorize(place, tcp(22, "10.0.0.0/8"));
    expect(keysOf(await read(found))).toHaveLength(3);
  });

  test("fails for a missing group, and for an id that is not a group's", async () => {
    const before = await get();
    await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.group }));
    expect(await failureOf(get())).toContain(`us-east-1 has no such group: check its id and its Region`);
    expect(before && (await refresh(setsAt(endpoint), before))).toBeUndefined();
    const none = refresh(setsAt(endpoint), { id: "web", inputs: {}, outs: {} });
    expect(await failureOf(none)).toContain('reading the outbound rules of a group: "web" is not the id');
  });
});

test("without permission to look, nothing counts as deleted", async () => {
  const made = await make(setsAt(endpoint), set(place, many(2)));
  await endpoint.deny([DESCRIBE]);
  const message = await failureOf(refresh(setsAt(endpoint), made));
  expect(message).toContain(`reading the rules of ${place.group}`);
  expect(message).toContain("Allow ec2:DescribeSecurityGroupRules");
});
