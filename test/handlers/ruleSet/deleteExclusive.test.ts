import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { checked, make, type Props, type Resource, recorded } from "../handler";
import { authorize, makePlace, OTHERS_CLAIM, OWNER_TAG, type Place, STACK, tcp } from "../place";
import { bothAt, DEFAULT_RULE, lines, many, set, setsAt, to, unclaimed } from "./sets";

let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => said.mockRestore());

const remove = ({ id, outs }: Resource) => setsAt(endpoint).delete(id, outs);
const exclusive = (more: Props = {}, rules = many(2)) => set(place, rules, { exclusive: true, ...more });

/** Creates a set first; its messages do not matter here. */
async function made(args: Props): Promise<Resource> {
  const resource = await make(setsAt(endpoint), args);
  said.mockClear();
  return resource;
}

const program = (urn: string) => ({ __program: { urn, silence: [] } });

describe("an exclusive set that is deleted", () => {
  test("revokes its rules, and leaves strangers added since, with a line that names them", async () => {
    const before = await made(exclusive());
    const id = await authorize(place, tcp(22, "10.0.0.0/8"));
    const other = await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    const { actions } = await recorded(endpoint, () => remove(before));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await lines(place)).toEqual(["22 10.0.0.0/8", "23 10.0.0.0/8 by acme/shop/prod"]);
    const [text, ...more] = said.mock.calls.flat();
    expect(more).toEqual([]);
    expect(text).toMatch(`${place.group}: rules that the exclusive set does not own are left in place: `);
    expect(text).toContain(`tcp 22 to 10.0.0.0/8 (${id})`);
    expect(text).toContain(`tcp 23 to 10.0.0.0/8 (${other})`);
  });

  test("leaves nothing and reports nothing if there are no strangers", async () => {
    await remove(await made(exclusive()));
    expect(await lines(place)).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });

  test("revokes a stranger that became its own", async () => {
    await remove(await made(exclusive({}, many(60))));
    expect(await lines(place)).toEqual([]);
  });
});

describe('onDestroy: "restoreDefault"', () => {
  const opening = (more: Props = {}, rules = many(2)) =>
    exclusive({ onDestroy: "restoreDefault", ...more }, rules);

  test.each([
    ["with claims", (args: Props) => args],
    ["without claims", unclaimed],
  ])("restores the default rule before its own rules go, %s", async (_, owned) => {
    const before = await made(owned(opening()));
    const { actions } = await recorded(endpoint, () => remove(before));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  strictly("turns one of its rules into the default rule if the group is full", async () => {
    const before = await made(opening({}, many(60)));
    const { actions } = await recorded(endpoint, () => remove(before));
    expect(actions).toEqual([DESCRIBE, MODIFY, "DeleteTags", REVOKE]);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  strictly("keeps the default rule if the set declared it, as EC2 would have created it", async () => {
    const all = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", description: "for now", tags: { Team: "web" } };
    const before = await made(opening({}, [all, ...many(1)]));
    expect(await lines(place)).toHaveLength(2);
    await remove(before);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("opens nothing if somebody else has a rule on the group, and says so", async () => {
    const before = await made(opening());
    const id = await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    await remove(before);
    expect(await lines(place)).toEqual(["22 10.0.0.0/8 by acme/shop/prod"]);
    expect(said.mock.calls.flat()).toEqual([
      `${place.group}: rules that the exclusive set does not own are left in place: tcp 22 to 10.0.0.0/8 (${id})`,
      `${place.group}: the default rule is not restored, because the group has other rules`,
    ]);
  });

  test("creates nothing if somebody has opened the group meanwhile", async () => {
    const before = await made(opening());
    await authorize(place, { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] });
    const { actions } = await recorded(endpoint, () => remove(before));
    expect(actions).toEqual([DESCRIBE, REVOKE]);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  describe("opens nothing if a resource that check has seen in this run uses the group:", () => {
    test("a single rule, even if its creation failed or it is not visible yet", async () => {
      const before = await made(opening());
      const { sets, rules } = bothAt(endpoint);
      await checked(rules, { ...to(80, "10.0.0.0/8"), securityGroupId: place.group, ...program("urn:rule") });
      await sets.delete(before.id, before.outs);
      expect(await lines(place)).toEqual([]);
    });

    test("another exclusive set, even an empty one", async () => {
      const before = await made(opening({}, []));
      const sets = setsAt(endpoint);
      await checked(sets, opening(program("urn:renamed"), []));
      await sets.delete(before.id, before.outs);
      expect(await lines(place)).toEqual([]);
    });

    test("the same set, when it is replaced", async () => {
      const before = await made(opening(program("urn:set")));
      const sets = setsAt(endpoint);
      const after = await make(sets, opening(program("urn:set")));
      await sets.delete(before.id, before.outs);
      expect(await lines(place)).toEqual(many(2).map(({ cidrIpv4 }) => `443 ${cidrIpv4} by ${STACK}`));
      await remove(after);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
    });
  });

  test("opens the group if a resource only uses another group", async () => {
    const before = await made(opening());
    const { sets, rules } = bothAt(endpoint);
    await checked(rules, { ...to(80, "10.0.0.0/8"), securityGroupId: place.other, ...program("urn:rule") });
    await sets.delete(before.id, before.outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });
});
