import { AUTHORIZE, DESCRIBE, REVOKE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { type Handler, handlerAt, PROVIDER_LINE, type Props, type Resource, recorded } from "./handler";
import { made, web } from "./many";
import { place } from "./ownPlace";
import { CLAIM, OWNER_TAG, setTag } from "./place";

let said: jest.SpyInstance;

beforeEach(() => {
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => said.mockRestore());

const idsOf = (resources: readonly Resource[]) => resources.map(({ id }) => id);
const claims = async () => (await place.rules()).map(({ tags }) => tags[OWNER_TAG]);
const program = (urn: string) => ({ __program: { urn, silence: [] } });

/** The arguments of the first `count` rules, each under a name that check sees. */
const named = (count: number, name: string, more: Props = {}) =>
  web(place, count, more).map((args, at) => ({ ...args, ...program(`${name}-${at}`) }));

const deleteAll = (run: Handler, resources: readonly Resource[]) =>
  Promise.all(resources.map(({ id, outs }) => run.delete(id, outs)));

describe("twenty resources that are renamed at once", () => {
  strictly(
    "take over their rules by three calls, and their old resources release them without any",
    async () => {
      const before = await made(handlerAt(endpoint), named(20, "old"));
      const run = handlerAt(endpoint);
      const { result: after, actions } = await recorded(endpoint, () => made(run, named(20, "new")));
      expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
      expect(idsOf(after)).toEqual(idsOf(before));
      expect(new Set(await claims())).toEqual(new Set([after[0]?.outs.claim]));

      expect((await recorded(endpoint, () => deleteAll(run, before))).actions).toEqual([]);
      expect(await place.rules()).toHaveLength(20);
      expect(said.mock.calls.flat()).toEqual(
        before.map(
          ({ id }) =>
            `rule ${id} on ${place.group} is left in place: another resource of this program has it now`,
        ),
      );
    },
  );

  strictly("protect them by their claim from a delete in a later run", async () => {
    const before = await made(handlerAt(endpoint), named(20, "old"));
    const after = await made(handlerAt(endpoint), named(20, "new"));
    const { actions } = await recorded(endpoint, () => deleteAll(handlerAt(endpoint), before));
    expect(actions).toEqual([DESCRIBE]);
    expect(await place.rules()).toHaveLength(20);
    const [{ outs } = { outs: {} as Props }] = after;
    for (const [line] of said.mock.calls) expect(line).toContain(`"${outs.claim}" claims it now`);
  });
});

strictly("a list whose places shift creates one rule, takes over the rest, and revokes one", async () => {
  const before = await made(handlerAt(endpoint), named(20, "web"));
  const run = handlerAt(endpoint);
  const shifted = named(21, "web").slice(1);
  const news: Props[] = [];
  for (const [at, { id, inputs, outs }] of before.entries()) {
    const args = { ...shifted[at], ...program(`web-${at}`), __provider: PROVIDER_LINE };
    const checked = await run.check(inputs, args);
    expect(checked.failures).toEqual([]);
    expect(await run.diff(id, outs, checked.inputs)).toEqual({
      changes: true,
      replaces: ["fromPort", "toPort"],
    });
    news.push(checked.inputs);
  }
  const { result: after, actions } = await recorded(endpoint, () =>
    Promise.all(news.map((inputs) => run.create(inputs))),
  );
  expect(actions).toEqual([AUTHORIZE, DESCRIBE, AUTHORIZE, "CreateTags"]);
  expect(after.slice(0, 19).map(({ id }) => id)).toEqual(idsOf(before.slice(1)));

  expect((await recorded(endpoint, () => deleteAll(run, before))).actions).toEqual([DESCRIBE, REVOKE]);
  const left = await place.rules();
  expect(left.map(({ fromPort }) => Number(fromPort)).sort()).toEqual(
    Array.from({ length: 20 }, (_, at) => 1001 + at),
  );
  expect(new Set(await claims())).toEqual(new Set([after[0]?.outs.claim]));
  expect(said).toHaveBeenCalledTimes(19);
});

strictly(
  "this stack's existing rules get new descriptions and tags by one call for each kind of change",
  async () => {
    const before = await made(handlerAt(endpoint), web(place, 20, { tags: { Stage: "test" } }));
    const { result, actions } = await recorded(endpoint, () =>
      made(handlerAt(endpoint), web(place, 20, { tags: { Team: "web" }, description: "again" })),
    );
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, "ModifySecurityGroupRules", "CreateTags", "DeleteTags"]);
    expect(idsOf(result)).toEqual(idsOf(before));
    for (const { description, tags } of await place.rules()) {
      expect({ description, tags }).toEqual({
        description: "again",
        tags: { Team: "web", [OWNER_TAG]: CLAIM },
      });
    }
  },
);

strictly("unclaimed rules are adopted together, and another stack's are not", async () => {
  const before = await made(handlerAt(endpoint), web(place, 20, { owner: undefined }));
  for (const { id } of before.slice(0, 2)) await setTag(place, id, OWNER_TAG, "shop/prod@7f3k2m9q");
  const run = handlerAt(endpoint);
  const inputs = web(place, 20, { adopt: true });
  const { result, actions } = await recorded(endpoint, () =>
    Promise.allSettled(inputs.map(async (args) => run.create((await run.check({}, args)).inputs))),
  );
  expect(actions).toEqual([AUTHORIZE, DESCRIBE, "CreateTags"]);
  const adopted = result.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
  expect(adopted).toEqual(idsOf(before.slice(2)));
  for (const one of result.slice(0, 2)) {
    const { message }: { message?: string } = one.status === "rejected" ? Object(one.reason) : {};
    expect(message).toContain(
      'claimed by the stack "shop/prod".\nThat stack manages it: leave it there, or adopt it',
    );
  }
});
