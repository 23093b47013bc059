import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import {
  change,
  checked,
  errorOf,
  failureOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  type Resource,
  recorded,
  refresh,
} from "./handler";
import { made, web } from "./many";
import { clear, makePlace, OWNER_TAG, type Place, setTag } from "./place";

// What a mark that stands for several resources means to each of them, and to those whose names are like theirs.

let place: Place;
/** In the run of the engine that made the rules, and in a later one. */
let handler: Handler;
let later: Handler;
let said: jest.SpyInstance;

/** Five rules of one request, of which the tests are about the first. */
let rules: Props[];
let resources: Resource[];
let first: Resource;

beforeAll(async () => {
  place = await makePlace(endpoint);
});

beforeEach(async () => {
  await clear(place);
  handler = handlerAt(endpoint);
  later = handlerAt(endpoint);
  rules = web(place, 5);
  resources = await made(handler, rules);
  first = known(resources[0]);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => said.mockRestore());

const ids = async () => (await place.rules()).map((rule) => rule.securityGroupRuleId).sort();
const markOf = async (id: string) =>
  (await place.rules()).find((rule) => rule.securityGroupRuleId === id)?.tags[OWNER_TAG];

/** The rule of the first resource, as another resource declares it. */
const asOther = (more: Props = {}): Props => ({ ...rules[0], owner: "shop/test/web-other", ...more });

/** What the engine does first in a run with a resource that is still in the program. */
async function stays(by: Handler, { id, outs, inputs }: Resource): Promise<void> {
  await by.diff(id, outs, await checked(by, rules[0] ?? {}, inputs));
}

describe("a rule with a joint mark", () => {
  strictly("is unchanged by a refresh, its own mark in the inputs", async () => {
    expect(first.outs.owner).toMatch(/^shop\/test\/web-\*@[0-9a-f]{8}$/);
    expect(await refresh(later, first)).toEqual(first);
  });

  strictly("is changed without being marked again", async () => {
    const { result, actions } = await recorded(endpoint, () =>
      change(later, first, { ...rules[0], toPort: 2000, tags: { Team: "web" } }),
    );
    expect(actions).toEqual(["ModifySecurityGroupRules", "CreateTags"]);
    expect(result.outs.owner).toBe(first.outs.owner);
    expect(await refresh(later, result)).toEqual(result);
    expect(await markOf(first.id)).toBe(first.outs.owner);
  });

  strictly("keeps it in state where an update fails halfway", async () => {
    await endpoint.deny(["CreateTags"]);
    const inputs = await checked(later, { ...rules[0], toPort: 2000, tags: { Team: "web" } });
    const error: unknown = await later.update(first.id, first.outs, inputs).catch((reason) => reason);
    await endpoint.deny([]);
    const { owner, declaredOwner } = first.outs;
    expect(error).toMatchObject({ properties: { owner, declaredOwner, toPort: 2000 } });
  });

  strictly("follows a rename with aliases like every other", async () => {
    const renamed = { ...rules[0], owner: "shop/test/db" };
    const { result: same, actions: none } = await recorded(endpoint, () => change(later, first, renamed));
    expect(none).toEqual([]);
    expect(same.outs).toEqual(first.outs);
    const after = await change(later, first, { ...renamed, description: "database" });
    expect(after.outs.owner).toBe("shop/test/db");
    expect(after.outs).not.toHaveProperty("declaredOwner");
    expect(await refresh(later, after)).toEqual(after);
  });

  strictly("is kept where its stack marks none any more", async () => {
    const { owner: _, ...unmarked } = rules[0] ?? {};
    const after = await change(later, first, { ...unmarked, toPort: 2000 });
    expect(after.outs).toMatchObject({ owner: first.outs.owner, declaredOwner: "shop/test/web-0" });
    await handlerAt(endpoint).delete(after.id, after.outs);
    expect(await ids()).not.toContain(first.id);
  });

  strictly("is the resource's own after a kill, and gets its own mark", async () => {
    const { result, actions } = await recorded(endpoint, () => make(later, { ...rules[0] }));
    expect(actions).toEqual(["AuthorizeSecurityGroupEgress", "DescribeSecurityGroupRules", "CreateTags"]);
    expect(result.id).toBe(first.id);
    expect(result.outs.owner).toMatch(/^shop\/test\/web-0@/);
    expect(result.outs).not.toHaveProperty("declaredOwner");
    expect(await refresh(later, result)).toEqual(result);
    // The state from before the kill knows it still.
    expect((await refresh(later, first))?.outs.owner).toBe(result.outs.owner);
  });

  strictly("outlives a forced replacement", async () => {
    await stays(later, first);
    const after = await make(later, { ...rules[0] });
    expect(after.id).toBe(first.id);
    const next = handlerAt(endpoint);
    await stays(next, after);
    for (const deleting of [later, next]) await deleting.delete(first.id, first.outs);
    expect(await ids()).toContain(first.id);
    expect(said).not.toHaveBeenCalled();
  });

  strictly("that another's is put in place of is gone for the resource, and is left in place", async () => {
    await setTag(place, first.id, OWNER_TAG, "shop/prod/api");
    expect(await refresh(later, first)).toBeUndefined();
    await later.delete(first.id, first.outs);
    expect(await ids()).toContain(first.id);
    expect(said).toHaveBeenCalledTimes(1);
  });
});

describe("a resource of a name like theirs", () => {
  strictly("that comes for one that goes takes the rule, which never goes", async () => {
    const other = await make(later, asOther());
    expect(other.id).toBe(first.id);
    await later.delete(first.id, first.outs);
    expect(await ids()).toContain(first.id);
    await handlerAt(endpoint).delete(first.id, first.outs);
    expect(await ids()).toContain(first.id);
    expect(await markOf(first.id)).toBe(other.outs.owner);
    await handlerAt(endpoint).delete(other.id, other.outs);
    expect(await ids()).not.toContain(first.id);
  });

  strictly(
    "has it for itself, also where the first one's delete failed and a refresh came first",
    async () => {
      const other = await make(later, asOther());
      expect(await refresh(handlerAt(endpoint), first)).toBeUndefined();
      expect(await refresh(handlerAt(endpoint), other)).toEqual(other);
    },
  );

  strictly("does not get the rule of one that stays", async () => {
    await stays(later, first);
    const message = await failureOf(make(later, asOther()));
    expect(message).toContain(
      `It is ${first.id}: description none, tags none, owner "${first.outs.owner}", of this stack.`,
    );
    expect(message).toContain("give it aliases or adopt: true");
    expect(await markOf(first.id)).toBe(first.outs.owner);
  });

  strictly("does not get the rule of one that was made in the same run", async () => {
    const message = await failureOf(make(handler, asOther()));
    expect(message).toContain(`It is ${first.id}`);
    expect(await markOf(first.id)).toBe(first.outs.owner);
  });

  strictly("adopts it like every other, where it asks for it", async () => {
    await stays(later, first);
    const other = await make(later, asOther({ adopt: true }));
    expect(other.id).toBe(first.id);
    expect(await markOf(first.id)).toBe("shop/test/web-other");
    await later.delete(first.id, first.outs);
    expect(await ids()).toContain(first.id);
  });

  strictly("may not change it back", async () => {
    await make(later, asOther());
    const { message } = await errorOf(change(later, first, { ...rules[0], toPort: 2000 }));
    expect(message).toContain("it belongs to another resource of this program now");
  });
});

strictly("a resource of another name gets none of theirs", async () => {
  const message = await failureOf(make(later, asOther({ owner: "shop/test/db" })));
  expect(message).toContain(`It is ${first.id}`);
});

strictly("a resource of another stack gets none of theirs", async () => {
  const message = await failureOf(make(later, asOther({ owner: "shop/prod/web-0", adopt: true })));
  expect(message).toContain("Another program manages it");
});
