import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { checked, failureOf, make, recorded } from "../handler";
import { authorize, tcp } from "../place";
import { handler, place, said } from "./newSet";
import { many, set, setsAt, to } from "./sets";

afterEach(() => endpoint.quota());

describe("more rules than one request carries", () => {
  test("are split, where the quota has room for them", async () => {
    await endpoint.quota(500);
    const raised = setsAt(endpoint, { "aws-egress:rulesPerGroup": "500" });
    const { result, actions } = await recorded(endpoint, () => make(raised, set(place, many(450))));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, AUTHORIZE, AUTHORIZE]);
    expect(await place.rules()).toHaveLength(451);
    expect(Object.keys(Object(result.outs.ruleIds))).toHaveLength(450);
  });
});

describe("the quota", () => {
  test("is counted with the rules of others before anything is sent", async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const args = set(place, many(59));
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, args)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} would have more outbound rules than fit`);
    expect(result).toContain("with 2 that are not this set's there are 61 for IPv4");
    expect(result).toContain("set aws-egress:rulesPerGroup");
    expect(await place.rules()).toHaveLength(2);
  });

  test("has room for a full exclusive set, which takes the default rule's place", async () => {
    const inputs = await checked(handler, set(place, many(60), { exclusive: true }));
    said.mockClear();
    const { actions } = await recorded(endpoint, () => handler.create(inputs));
    expect(actions).toEqual([DESCRIBE, REVOKE, AUTHORIZE]);
    expect(await place.rules()).toHaveLength(60);
    expect(said.mock.calls).toEqual([
      [
        `${place.group} has no room for its old and its new rules at once: all traffic to 0.0.0.0/0 goes before others come`,
      ],
    ]);
  });

  test("is taken to be higher where the group already holds more", async () => {
    await endpoint.quota(70);
    await make(setsAt(endpoint, { "aws-egress:rulesPerGroup": "70" }), set(place, many(65)));
    const unaware = setsAt(endpoint);
    await make(unaware, set(place, [...many(64), to(1, "10.0.0.0/8")]));
    expect(await place.rules()).toHaveLength(66);
    expect(said.mock.calls.flat()).toEqual([expect.stringContaining("has no room")]);
  });
});
