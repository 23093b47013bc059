import { DESCRIBE, REVOKE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, failureOf, make, type Props, type Resource, recorded, refresh } from "../handler";
import { CLAIM, OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG, removeTag, STACK, setTag } from "../place";
import { place, said } from "./newSet";
import { type Kept, up } from "./runs";
import { DEFAULT_RULE, lines, many, set, setsAt, unclaimed } from "./sets";

/** What a later `up` does, with or without a refresh. */
const changeTo = (resource: Resource, args: Props) =>
  recorded(endpoint, () => change(setsAt(endpoint), resource, args));
const refreshed = async (resource: Resource) => known(await refresh(setsAt(endpoint), resource));
const idOf = ({ outs }: Resource, number: number): string =>
  known(Object(outs.ruleIds)[`tcp 443 to 10.0.${number}.0/24`]);
const claims = async () => (await place.rules()).flatMap(({ tags }) => tags[OWNER_TAG] ?? []);

describe("a claim that a person removed from a rule", () => {
  async function madeAndStripped(): Promise<Resource> {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    await removeTag(place, idOf(made, 1), OWNER_TAG);
    return made;
  }

  test("is restored after a refresh has shown it: all rules get one, in one call", async () => {
    const made = await madeAndStripped();
    const { result, actions } = await changeTo(await refreshed(made), set(place, many(3)));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs).toEqual({ ...made.outs, claim: CLAIM });
    expect(await claims()).toEqual(Array(3).fill(result.outs.claim));
    expect(await refreshed(result)).toEqual(result);
  });

  test("is restored without a refresh too, at the next change of the set", async () => {
    const made = await madeAndStripped();
    const { result, actions } = await changeTo(made, set(place, many(2)));
    expect(actions).toEqual([DESCRIBE, "CreateTags", REVOKE]);
    expect(await claims()).toEqual([made.outs.claim, made.outs.claim]);
    expect(result.outs.claim).toBe(made.outs.claim);
  });

  test.each(["without a refresh", "after a refresh"])(
    "does not keep its rule when its set goes, %s",
    async (when) => {
      const made = await madeAndStripped();
      const { id, outs } = when === "after a refresh" ? await refreshed(made) : made;
      await setsAt(endpoint).delete(id, outs);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
      expect(said).not.toHaveBeenCalled();
    },
  );
});

describe("another stack's claim on one of its rules", () => {
  async function madeAndTaken(): Promise<Resource> {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    await setTag(place, idOf(made, 0), OWNER_TAG, OTHERS_CLAIM);
    return made;
  }

  test("takes the rule from the set: an `up` that still declares it fails, and names the owner", async () => {
    const found = await refreshed(await madeAndTaken());
    expect(Object.keys(Object(found.outs.ruleIds))).toEqual(["tcp 443 to 10.0.1.0/24"]);
    const message = await failureOf(changeTo(found, set(place, many(2))));
    expect(message).toContain('tcp 443 to 10.0.0.0/24, claimed by the stack "acme/shop/prod"');
  });

  test("protects the rule from a set that no longer declares it, with or without a refresh", async () => {
    const made = await madeAndTaken();
    for (const resource of [made, await refreshed(made)]) {
      const { result } = await changeTo(resource, set(place, many(2).slice(1)));
      expect(Object.keys(Object(result.outs.ruleIds))).toEqual(["tcp 443 to 10.0.1.0/24"]);
      expect(await lines(place)).toContain("443 10.0.0.0/24 by acme/shop/prod");
    }
  });
});

test("a claim from another run of this stack takes the rule from the set, which takes it back if it declares it", async () => {
  const made = await make(setsAt(endpoint), set(place, many(2)));
  await setTag(place, idOf(made, 0), OWNER_TAG, OLD_CLAIM);
  const found = await refreshed(made);
  expect(Object.keys(Object(found.outs.ruleIds))).toEqual(["tcp 443 to 10.0.1.0/24"]);
  const { result, actions } = await changeTo(found, set(place, many(2)));
  expect(actions).toEqual([DESCRIBE, "CreateTags"]);
  expect(result.outs).toEqual(made.outs);
});

describe("a renamed stack", () => {
  const renamed = (rules: Props[]) => set(place, rules, { owner: "shop/renamed" });

  test("claims its rules again, in one call", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const { result, actions } = await changeTo(made, renamed(many(3)));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs.claim).toMatch(/^shop\/renamed@[0-9a-z]{8}$/);
    expect(await claims()).toEqual(Array(3).fill(result.outs.claim));
    expect((await changeTo(result, renamed(many(3)))).actions).toEqual([]);
  });

  describe("may lose the permission to tag halfway", () => {
    const tagged = (teams: readonly string[]) =>
      many(teams.length).map((rule, number) => ({ ...rule, tags: { Team: teams[number] } }));

    /** Two requests for tags; the second is refused. */
    async function halfClaimed(): Promise<Kept> {
      const made = await make(setsAt(endpoint), set(place, tagged(["web", "web", "ops"])));
      const fault = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;
      await endpoint.befall([{ action: "CreateTags", nth: 2, times: 9, fault }]);
      const { kept, error } = await up(setsAt(endpoint), made, renamed(tagged(["all", "all", "ops"])));
      await endpoint.befall([]);
      expect(error).toContain("tagging rule");
      expect((await lines(place)).slice(0, 3).map((line) => line.replace(/.* by /, ""))).toEqual([
        "shop/renamed",
        "shop/renamed",
        STACK,
      ]);
      return known(kept);
    }

    test("still holds all rules, and the next `up` claims the rest", async () => {
      const kept = await halfClaimed();
      expect((await refreshed(kept)).outs).toEqual(kept.outs);
      const { kept: finished } = await up(setsAt(endpoint), kept, renamed(tagged(["all", "all", "ops"])));
      expect(await claims()).toEqual(Array(3).fill(finished?.outs.claim));
      expect(finished?.outs.ruleIds).toEqual(kept.outs.ruleIds);
    });

    test("revokes all of them if the set is deleted then", async () => {
      const { id, outs } = await halfClaimed();
      await setsAt(endpoint).delete(id, outs);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
      expect(said).not.toHaveBeenCalled();
    });
  });
});

describe("ownership that is turned on or off", () => {
  strictly("claims all rules when it is turned on, in one call", async () => {
    const made = await make(setsAt(endpoint), unclaimed(set(place, many(2))));
    const { result, actions } = await changeTo(made, set(place, many(2)));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(await claims()).toEqual(Array(2).fill(result.outs.claim));
  });

  test("leaves claims in place when it is turned off, needs no tag call, and loses no rule", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const { result, actions } = await changeTo(made, unclaimed(set(place, many(3).slice(1))));
    expect(actions).toEqual([DESCRIBE, "AuthorizeSecurityGroupEgress", REVOKE]);
    expect(await lines(place)).toEqual([`443 10.0.1.0/24 by ${STACK}`, "443 10.0.2.0/24", DEFAULT_RULE]);
    expect(await refreshed(result)).toEqual(result);
    expect((await changeTo(result, unclaimed(set(place, many(3).slice(1))))).actions).toEqual([]);

    const { result: back } = await changeTo(result, set(place, many(3).slice(1)));
    expect(await claims()).toEqual(Array(2).fill(back.outs.claim));
    await setsAt(endpoint).delete(result.id, result.outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });
});
