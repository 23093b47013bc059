import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, failureOf, make, type Props, type Resource, recorded, refresh } from "../handler";
import {
  authorize,
  destination,
  makePlace,
  modify,
  OTHERS_CLAIM,
  OWNER_TAG,
  type Place,
  revoke,
  STACK,
  tcp,
} from "../place";
import { DEFAULT_RULE, lines, many, set, setsAt, to } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
  // Another file covers the strangers that an exclusive set revokes.
  jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

/** What a later `up` does. */
function changeTo(resource: Resource, args: Props, config = {}) {
  return recorded(endpoint, () => change(setsAt(endpoint, config), resource, args));
}

const idsOf = ({ outs }: Resource): { [key: string]: string } => Object(outs.ruleIds);

describe("an update takes the fewest calls:", () => {
  test("none without a difference", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const { result, actions } = await changeTo(made, set(place, many(3).reverse()));
    expect(actions).toEqual([]);
    expect(result).toEqual(made);
  });

  strictly(
    "one for all new rules, then one for the old ones, and unchanged ones are not touched",
    async () => {
      const stays = { ipProtocol: "tcp", fromPort: 1, toPort: 1, referencedSecurityGroupId: place.other };
      const made = await make(
        setsAt(endpoint),
        set(place, [to(443, "10.0.0.0/16", { description: "updates" }), to(80, "10.1.0.0/16"), stays]),
      );
      const edited = [
        to(443, "10.9.0.0/16", { description: "updates from elsewhere" }),
        { ipProtocol: "tcp", fromPort: 443, toPort: 443, ...destination("a prefix list", place) },
        stays,
      ];
      const { result, actions } = await changeTo(made, set(place, edited));
      expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
      const { [`tcp 1 to ${place.other}`]: stayed, ...others } = idsOf(result);
      expect(stayed).toBe(idsOf(made)[`tcp 1 to ${place.other}`]);
      expect(Object.keys(others)).toEqual(["tcp 443 to 10.9.0.0/16", `tcp 443 to ${place.s3}`]);
      for (const id of Object.values(others)) expect(Object.values(idsOf(made))).not.toContain(id);
      // New rules carry the set's claim.
      expect(result.outs.claim).toBe(made.outs.claim);
      expect(await refresh(setsAt(endpoint), result)).toEqual(result);
    },
  );

  strictly("one for descriptions alone, added, changed and removed", async () => {
    const rules = [to(1, "10.0.0.0/8", { description: "one" }), to(2, "10.0.0.0/8", { description: "two" })];
    const made = await make(setsAt(endpoint), set(place, [...rules, to(3, "10.0.0.0/8")]));
    const edited = [
      to(1, "10.0.0.0/8", { description: "first" }),
      to(2, "10.0.0.0/8"),
      to(3, "10.0.0.0/8", { description: "three" }),
    ];
    const { result, actions } = await changeTo(made, set(place, edited));
    expect(actions).toEqual([DESCRIBE, MODIFY]);
    expect(idsOf(result)).toEqual(idsOf(made));
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 "first" by ${STACK}`,
      `2 10.0.0.0/8 by ${STACK}`,
      `3 10.0.0.0/8 "three" by ${STACK}`,
      DEFAULT_RULE,
    ]);
  });

  test("one for each set of tags", async () => {
    const tagged = (port: number, tags?: Props) => to(port, "10.0.0.0/8", tags ? { tags } : {});
    const made = await make(
      setsAt(endpoint),
      set(place, [tagged(1, { Team: "web" }), tagged(2, { Team: "web", Old: "yes" }), tagged(3)]),
    );
    const edited = [tagged(1, { Team: "ops" }), tagged(2, { Team: "ops" }), tagged(3, { Stage: "prod" })];
    const { result, actions } = await changeTo(made, set(place, edited));
    expect(actions).toEqual([DESCRIBE, "CreateTags", "CreateTags", "DeleteTags"]);
    expect(idsOf(result)).toEqual(idsOf(made));
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 Team=ops by ${STACK}`,
      `2 10.0.0.0/8 Team=ops by ${STACK}`,
      `3 10.0.0.0/8 Stage=prod by ${STACK}`,
      DEFAULT_RULE,
    ]);
    expect(await refresh(setsAt(endpoint), result)).toEqual(result);
  });

  test("one for the stack's tags on all rules, except those with their own", async () => {
    const rules = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8", { tags: { Stage: "mine" } })];
    const made = await make(setsAt(endpoint), set(place, rules));
    const config = { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) };
    const { result, actions } = await changeTo(made, set(place, rules), config);
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 Stage=test by ${STACK}`,
      `2 10.0.0.0/8 Stage=mine by ${STACK}`,
      DEFAULT_RULE,
    ]);
    expect(result.outs.rules).toEqual(made.outs.rules);
    expect(await refresh(setsAt(endpoint, config), result)).toEqual(result);
  });
});

describe("a change by others", () => {
  strictly("is undone: a missing rule comes back, and so does one that became another", async () => {
    const rules = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8"), to(3, "10.0.0.0/8")];
    const made = await make(setsAt(endpoint), set(place, rules));
    await revoke(place, known(idsOf(made)["tcp 1 to 10.0.0.0/8"]));
    const changed = known(idsOf(made)["tcp 2 to 10.0.0.0/8"]);
    await modify(place, changed, { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/8" });
    const found = known(await refresh(setsAt(endpoint), made));
    expect(Object.keys(idsOf(found))).toEqual(["tcp 22 to 10.0.0.0/8", "tcp 3 to 10.0.0.0/8"]);
    const { result, actions } = await changeTo(found, set(place, rules));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(Object.values(idsOf(result))).not.toContain(changed);
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 by ${STACK}`,
      `2 10.0.0.0/8 by ${STACK}`,
      `3 10.0.0.0/8 by ${STACK}`,
      DEFAULT_RULE,
    ]);
  });

  test("stays if the set is not exclusive", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")]));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    await changeTo(made, set(place, [to(2, "10.0.0.0/8")]));
    expect(await lines(place)).toEqual([`2 10.0.0.0/8 by ${STACK}`, "22 10.0.0.0/8", DEFAULT_RULE]);
  });

  test("is undone at every update of an exclusive set, without a refresh too", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")], { exclusive: true }));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const { result } = await changeTo(made, set(place, [to(2, "10.0.0.0/8")], { exclusive: true }));
    expect(await lines(place)).toEqual([`2 10.0.0.0/8 by ${STACK}`]);
    expect(Object.keys(idsOf(result))).toEqual(["tcp 2 to 10.0.0.0/8"]);
  });

  test("is undone when a set becomes exclusive, and stays when it no longer is, even after a refresh showed it", async () => {
    const rules = [to(1, "10.0.0.0/8")];
    const made = await make(setsAt(endpoint), set(place, rules));
    const { result, actions } = await changeTo(made, set(place, rules, { exclusive: true }));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${STACK}`]);

    await authorize(place, tcp(22, "10.0.0.0/8"));
    const found = known(await refresh(setsAt(endpoint), result));
    expect(found.outs.rules).toHaveProperty(["tcp 22 to 10.0.0.0/8"]);
    const { result: open } = await changeTo(found, set(place, rules));
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${STACK}`, "22 10.0.0.0/8"]);
    expect(Object.keys(Object(open.outs.rules))).toEqual(["tcp 1 to 10.0.0.0/8"]);
    expect(open.outs).not.toHaveProperty("exclusive");
  });

  test("is an error that names the owner if another stack has added rules to an exclusive set's group", async () => {
    const args = (port: number) => set(place, [to(port, "10.0.0.0/8")], { exclusive: true });
    const made = await make(setsAt(endpoint), args(1));
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    const message = await failureOf(change(setsAt(endpoint), made, args(2)));
    expect(message).toContain('tcp 22 to 10.0.0.0/8, claimed by the stack "acme/shop/prod"');
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${STACK}`, "22 10.0.0.0/8 by acme/shop/prod"]);
  });
});
