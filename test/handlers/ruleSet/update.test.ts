import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { known } from "../../known";
import { endpoint } from "../../world";
import { change, failureOf, make, type Props, type Resource, recorded, refresh } from "../handler";
import {
  authorize,
  destination,
  makePlace,
  modify,
  OWNER,
  OWNER_TAG,
  type Place,
  removeTag,
  revoke,
  setTag,
  tcp,
} from "../place";
import { bothAt, DEFAULT_RULE, lines, many, set, setsAt, to, unmarked } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
});

/** What a later `up` does. */
function changeTo(resource: Resource, args: Props, config = {}) {
  return recorded(endpoint, () => change(setsAt(endpoint, config), resource, args));
}

const idsOf = ({ outs }: Resource): { [key: string]: string } => Object(outs.ruleIds);

describe("the fewest calls", () => {
  test("none where nothing differs", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const { result, actions } = await changeTo(made, set(place, many(3).reverse()));
    expect(actions).toEqual([]);
    expect(result).toEqual(made);
  });

  test("rules that become others of their kind keep their ids, all in one call", async () => {
    const rules = [
      to(443, "10.0.0.0/16", { description: "updates" }),
      to(80, "10.1.0.0/16"),
      { ipProtocol: "tcp", fromPort: 1, toPort: 1, referencedSecurityGroupId: place.other },
    ];
    const made = await make(setsAt(endpoint), set(place, rules));
    const edited = [
      to(443, "10.9.0.0/16", { description: "updates from elsewhere" }),
      to(81, "10.1.0.0/16"),
      { ipProtocol: "udp", fromPort: 1, toPort: 2, referencedSecurityGroupId: place.other },
    ];
    const { result, actions } = await changeTo(made, set(place, edited));
    expect(actions).toEqual([DESCRIBE, MODIFY]);
    expect(idsOf(result)).toEqual({
      "tcp 443 to 10.9.0.0/16": idsOf(made)["tcp 443 to 10.0.0.0/16"],
      "tcp 81 to 10.1.0.0/16": idsOf(made)["tcp 80 to 10.1.0.0/16"],
      [`udp 1-2 to ${place.other}`]: idsOf(made)[`tcp 1 to ${place.other}`],
    });
    expect(await lines(place)).toContain(`443 10.9.0.0/16 "updates from elsewhere" by ${OWNER}`);
    expect(await refresh(setsAt(endpoint), result)).toEqual(result);
  });

  test("descriptions alone, added, changed and removed", async () => {
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
      `1 10.0.0.0/8 "first" by ${OWNER}`,
      `2 10.0.0.0/8 by ${OWNER}`,
      `3 10.0.0.0/8 "three" by ${OWNER}`,
      DEFAULT_RULE,
    ]);
  });

  test("tags, in a call for each set of them", async () => {
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
      `1 10.0.0.0/8 Team=ops by ${OWNER}`,
      `2 10.0.0.0/8 Team=ops by ${OWNER}`,
      `3 10.0.0.0/8 Stage=prod by ${OWNER}`,
      DEFAULT_RULE,
    ]);
    expect(await refresh(setsAt(endpoint), result)).toEqual(result);
  });

  test("the stack's tags, on all rules at once, but where a rule says its own", async () => {
    const rules = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8", { tags: { Stage: "mine" } })];
    const made = await make(setsAt(endpoint), set(place, rules));
    const config = { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) };
    const { result, actions } = await changeTo(made, set(place, rules), config);
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 Stage=test by ${OWNER}`,
      `2 10.0.0.0/8 Stage=mine by ${OWNER}`,
      DEFAULT_RULE,
    ]);
    expect(result.outs.rules).toEqual(made.outs.rules);
    expect(await refresh(setsAt(endpoint, config), result)).toEqual(result);
  });

  test("another kind of destination cannot be changed to: it comes, and then the old one goes", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(443, "10.0.0.0/16")]));
    const edited = { ipProtocol: "tcp", fromPort: 443, toPort: 443, ...destination("a prefix list", place) };
    const { result, actions } = await changeTo(made, set(place, [edited]));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(await lines(place)).toEqual([`443 ${place.s3} by ${OWNER}`, DEFAULT_RULE]);
    expect(Object.keys(idsOf(result))).toEqual([`tcp 443 to ${place.s3}`]);
  });
});

describe("what others did since", () => {
  test("is undone: a rule that is gone comes again, one that was changed is changed back", async () => {
    const rules = [to(1, "10.0.0.0/8"), to(2, "10.0.0.0/8"), to(3, "10.0.0.0/8")];
    const made = await make(setsAt(endpoint), set(place, rules));
    await revoke(place, known(idsOf(made)["tcp 1 to 10.0.0.0/8"]));
    const changed = known(idsOf(made)["tcp 2 to 10.0.0.0/8"]);
    await modify(place, changed, { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/8" });
    const found = known(await refresh(setsAt(endpoint), made));
    expect(Object.keys(idsOf(found))).toEqual(["tcp 22 to 10.0.0.0/8", "tcp 3 to 10.0.0.0/8"]);
    const { result, actions } = await changeTo(found, set(place, rules));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, MODIFY]);
    expect(Object.values(idsOf(result))).toContain(changed);
    expect(await lines(place)).toEqual([
      `1 10.0.0.0/8 by ${OWNER}`,
      `2 10.0.0.0/8 by ${OWNER}`,
      `3 10.0.0.0/8 by ${OWNER}`,
      DEFAULT_RULE,
    ]);
  });

  test("is left alone where the set is not exclusive", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")]));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    await changeTo(made, set(place, [to(2, "10.0.0.0/8")]));
    expect(await lines(place)).toEqual([`2 10.0.0.0/8 by ${OWNER}`, "22 10.0.0.0/8", DEFAULT_RULE]);
  });

  test("goes at every update of an exclusive set, without a refresh too", async () => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")], { exclusive: true }));
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const { result } = await changeTo(made, set(place, [to(2, "10.0.0.0/8")], { exclusive: true }));
    expect(await lines(place)).toEqual([`2 10.0.0.0/8 by ${OWNER}`]);
    expect(Object.keys(idsOf(result))).toEqual(["tcp 2 to 10.0.0.0/8"]);
  });

  test("goes when a set becomes exclusive, and stays when it no longer is, though a refresh has shown it", async () => {
    const rules = [to(1, "10.0.0.0/8")];
    const made = await make(setsAt(endpoint), set(place, rules));
    const { result, actions } = await changeTo(made, set(place, rules, { exclusive: true }));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${OWNER}`]);

    await authorize(place, tcp(22, "10.0.0.0/8"));
    const found = known(await refresh(setsAt(endpoint), result));
    expect(found.outs.rules).toHaveProperty(["tcp 22 to 10.0.0.0/8"]);
    const { result: open } = await changeTo(found, set(place, rules));
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${OWNER}`, "22 10.0.0.0/8"]);
    expect(Object.keys(Object(open.outs.rules))).toEqual(["tcp 1 to 10.0.0.0/8"]);
    expect(open.outs).not.toHaveProperty("exclusive");
  });

  test("is an error that names the owner where another stack has come into an exclusive set's group", async () => {
    const args = (port: number) => set(place, [to(port, "10.0.0.0/8")], { exclusive: true });
    const made = await make(setsAt(endpoint), args(1));
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: "pay/prod/ssh" });
    const message = await failureOf(change(setsAt(endpoint), made, args(2)));
    expect(message).toContain('tcp 22 to 10.0.0.0/8, owner "pay/prod/ssh"');
    expect(await lines(place)).toEqual([`1 10.0.0.0/8 by ${OWNER}`, "22 10.0.0.0/8 by pay/prod/ssh"]);
  });

  test("is no longer the set's where another resource has taken a rule, and the rule comes back in no way", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const id = known(idsOf(made)["tcp 443 to 10.0.0.0/24"]);
    await setTag(place, id, OWNER_TAG, "pay/prod/https");
    await changeTo(made, set(place, many(2).slice(1)));
    expect(await lines(place)).toContain("443 10.0.0.0/24 by pay/prod/https");
  });
});

describe("marks", () => {
  test("that are lost are written again, after a refresh has shown it", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    await removeTag(place, known(idsOf(made)["tcp 443 to 10.0.1.0/24"]), OWNER_TAG);
    const found = known(await refresh(setsAt(endpoint), made));
    const { result, actions } = await changeTo(found, set(place, many(3)));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs).toEqual(made.outs);
    expect((await lines(place)).filter((line) => line.endsWith(`by ${OWNER}`))).toHaveLength(3);
  });

  test("follow a rename with aliases at the next update, in one call", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const renamed = (rules: Props[]) => set(place, rules, { owner: "shop/test/renamed" });
    expect((await changeTo(made, renamed(many(3)))).actions).toEqual([]);
    const { result, actions } = await changeTo(made, renamed(many(2)));
    expect(actions).toEqual([DESCRIBE, "CreateTags", REVOKE]);
    expect(await lines(place)).toEqual([
      "443 10.0.0.0/24 by shop/test/renamed",
      "443 10.0.1.0/24 by shop/test/renamed",
      DEFAULT_RULE,
    ]);
    await setsAt(endpoint).delete(result.id, result.outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("come with ownership, and stay where they are when it is turned off, so that nothing has to be tagged", async () => {
    const made = await make(setsAt(endpoint), unmarked(set(place, many(2))));
    const { result: marked } = await changeTo(made, set(place, many(2)));
    expect(await lines(place)).toContain(`443 10.0.1.0/24 by ${OWNER}`);

    const { result, actions } = await changeTo(marked, unmarked(set(place, many(3).slice(1))));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(await lines(place)).toEqual([`443 10.0.1.0/24 by ${OWNER}`, "443 10.0.2.0/24", DEFAULT_RULE]);
    expect(await refresh(setsAt(endpoint), result)).toMatchObject({ outs: result.outs });

    const { result: less } = await changeTo(result, unmarked(set(place, many(3).slice(2))));
    expect(less.outs).not.toHaveProperty("owner");
    await setsAt(endpoint).delete(result.id, result.outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("keep what another resource has taken over in this run from the set that has had it", async () => {
    const made = await make(setsAt(endpoint), unmarked(set(place, many(2))));
    const { sets, rules } = bothAt(endpoint);
    const single = { ...many(1)[0], securityGroupId: place.group, adopt: true };
    const taken = await make(rules, single);
    expect(Object.values(idsOf(made))).toContain(taken.id);
    await change(sets, made, unmarked(set(place, many(2).slice(1))));
    expect(await lines(place)).toEqual(["443 10.0.0.0/24", "443 10.0.1.0/24", DEFAULT_RULE]);
  });
});
