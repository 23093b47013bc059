import { AUTHORIZE, DESCRIBE, MODIFY } from "../../actions";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, checked, failureOf, make, recorded } from "../handler";
import { authorize, STACK, tcp } from "../place";
import { handler, place, said } from "./newSet";
import { lines, many, set, setsAt, to } from "./sets";

afterEach(() => endpoint.quota());

describe("more rules than fit in one request", () => {
  strictly("are split if the quota has room for them", async () => {
    await endpoint.quota(500);
    const raised = setsAt(endpoint, { "aws-egress:rulesPerGroup": "500" });
    const { result, actions } = await recorded(endpoint, () => make(raised, set(place, many(450))));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, AUTHORIZE, AUTHORIZE]);
    expect(await place.rules()).toHaveLength(451);
    expect(Object.keys(Object(result.outs.ruleIds))).toHaveLength(450);
  });
});

describe("the quota", () => {
  test("counts the rules of others before any request", async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const args = set(place, many(59));
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, args)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} would exceed its quota`);
    expect(result).toContain("with 2 that the set does not own, there are 61 for IPv4");
    expect(result).toContain("set aws-egress:rulesPerGroup");
    expect(await place.rules()).toHaveLength(2);
  });

  strictly(
    "has room for a full exclusive set, because the default rule becomes one of its rules",
    async () => {
      const inputs = await checked(handler, set(place, many(60), { exclusive: true }));
      said.mockClear();
      const { result, actions } = await recorded(endpoint, () => handler.create(inputs));
      expect(actions).toEqual([DESCRIBE, AUTHORIZE, MODIFY, "CreateTags"]);
      expect(await lines(place)).toEqual(
        many(60)
          .map(({ cidrIpv4 }) => `443 ${cidrIpv4} by ${STACK}`)
          .sort(),
      );
      // The set has all of them.
      const ids = (await place.rules()).map((rule) => rule.securityGroupRuleId);
      expect(Object.values(Object(result.outs.ruleIds)).sort()).toEqual(ids.sort());
      expect(said).not.toHaveBeenCalled();
    },
  );

  strictly("counts as higher if the group already holds more", async () => {
    await endpoint.quota(70);
    const made = await make(setsAt(endpoint, { "aws-egress:rulesPerGroup": "70" }), set(place, many(65)));
    const args = set(place, [...many(64), to(1, "10.0.0.0/8")]);
    const { actions } = await recorded(endpoint, () => change(setsAt(endpoint), made, args));
    // The known quota is no higher than the number of rules.
    expect(actions).toEqual([DESCRIBE, MODIFY]);
    expect(await place.rules()).toHaveLength(66);
  });
});
