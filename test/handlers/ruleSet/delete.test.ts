import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { known } from "../../known";
import { endpoint } from "../../world";
import { failureOf, make, type Props, type Resource, recorded, refresh } from "../handler";
import {
  authorize,
  clear,
  makePlace,
  OWNER,
  OWNER_TAG,
  type Place,
  removeTag,
  revoke,
  setTag,
  tcp,
} from "../place";
import { startProxy } from "../proxy";
import { DEFAULT_RULE, lines, many, set, setsAt, to, unmarked } from "./sets";

let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  said.mockRestore();
  await endpoint.deny([]);
});

const remove = ({ id, outs }: Resource, at: { url: string } = endpoint) => setsAt(at).delete(id, outs);
const idOf = ({ outs }: Resource, key: string): string => known(Object(outs.ruleIds)[key]);
const told = () => said.mock.calls.flat().filter((text) => !text.includes("takes away"));

test("a set's rules go in one request, and no other", async () => {
  const made = await make(setsAt(endpoint), set(place, many(30)));
  const other = await make(
    setsAt(endpoint),
    set(place, [to(22, "10.0.0.0/8")], { owner: "shop/test/other" }),
  );
  const { actions } = await recorded(endpoint, () => remove(made));
  expect(actions).toEqual([DESCRIBE, REVOKE]);
  expect(await lines(place)).toEqual([`22 10.0.0.0/8 by shop/test/other`, DEFAULT_RULE]);
  await remove(other);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
  expect(told()).toEqual([]);
});

test("more than one request carries are split", async () => {
  await endpoint.quota(500);
  const made = await make(setsAt(endpoint, { "aws-egress:rulesPerGroup": "500" }), set(place, many(250)));
  const { actions } = await recorded(endpoint, () => remove(made));
  await endpoint.quota();
  expect(actions).toEqual([DESCRIBE, REVOKE, REVOKE]);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
});

test("a set without marks goes by its ids", async () => {
  const made = await make(setsAt(endpoint), unmarked(set(place, many(2))));
  await authorize(place, tcp(22, "10.0.0.0/8"));
  await remove(made);
  expect(await lines(place)).toEqual(["22 10.0.0.0/8", DEFAULT_RULE]);
  expect(told()).toEqual([]);
});

test("what is gone already counts as deleted, and so does a set whose group is gone", async () => {
  const made = await make(setsAt(endpoint), set(place, many(2)));
  await revoke(place, idOf(made, "tcp 443 to 10.0.0.0/24"));
  await remove(made);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
  for (const more of [{}, { exclusive: true }, { exclusive: true, onDestroy: "restoreDefault" }]) {
    place = await makePlace(endpoint);
    const locked = await make(setsAt(endpoint), set(place, many(1), more));
    await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.group }));
    await remove(locked);
  }
  expect(told()).toEqual([]);
});

test("a rule that goes between the look and the request is no failure, and the others go too", async () => {
  const made = await make(setsAt(endpoint), set(place, many(3)));
  let looks = 0;
  const proxy = await startProxy(endpoint.url, async (action) => {
    if (action === DESCRIBE && ++looks === 1) await revoke(place, idOf(made, "tcp 443 to 10.0.1.0/24"));
  });
  await remove(made, proxy);
  await proxy.stop();
  expect(looks).toBe(2);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
});

describe("a mark", () => {
  test("of others keeps their rules in place, and is told in one line for each of them", async () => {
    const made = await make(setsAt(endpoint), set(place, many(6)));
    for (const number of [0, 1, 2, 3]) {
      await setTag(place, idOf(made, `tcp 443 to 10.0.${number}.0/24`), OWNER_TAG, "pay/prod/all");
    }
    const one = idOf(made, "tcp 443 to 10.0.4.0/24");
    await setTag(place, one, OWNER_TAG, "shop/test/one");
    await remove(made);
    expect(await place.rules()).toHaveLength(6);
    expect(told().sort()).toEqual([
      `rule ${one} on ${place.group} belongs to "shop/test/one" now: it is left in place`,
      expect.stringMatching(
        /^rules sgr-\w+, sgr-\w+, sgr-\w+ and 1 more on sg-\w+ belong to "pay\/prod\/all" now: they are left in place$/,
      ),
    ]);
  });

  test("that is lost keeps the rule in place and is told, unless a refresh knows it to be lost", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const id = idOf(made, "tcp 443 to 10.0.0.0/24");
    await removeTag(place, id, OWNER_TAG);
    const found = known(await refresh(setsAt(endpoint), made));
    await remove(made);
    expect(told()).toEqual([
      `rule ${id} on ${place.group} has no owner's mark any more: it is left in place`,
    ]);
    expect(await lines(place)).toEqual(["443 10.0.0.0/24", DEFAULT_RULE]);
    await remove(found);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("of its own on a rule that state does not know makes that go too", async () => {
    const made = await make(setsAt(endpoint), set(place, many(1)));
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: OWNER });
    await remove(made);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });
});

describe("an exclusive set", () => {
  const exclusive = (more: Props = {}, rules = many(2)) => set(place, rules, { exclusive: true, ...more });

  test("leaves no outbound rule, of nobody either", async () => {
    const made = await make(setsAt(endpoint), exclusive());
    await authorize(place, tcp(22, "10.0.0.0/8"));
    await remove(made);
    expect(await lines(place)).toEqual([]);
  });

  test("leaves what has another's mark, and says so", async () => {
    const made = await make(setsAt(endpoint), exclusive({ onDestroy: "restoreDefault" }));
    const id = await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: "pay/prod/ssh" });
    await remove(made);
    expect(await lines(place)).toEqual(["22 10.0.0.0/8 by pay/prod/ssh"]);
    expect(told()).toEqual([
      `rule ${id} on ${place.group} belongs to "pay/prod/ssh" now: it is left in place`,
      `${place.group} is not opened again, as others have rules on it`,
    ]);
  });

  test("gives back the rule that EC2 gives a new group, before its own go", async () => {
    const made = await make(setsAt(endpoint), exclusive({ onDestroy: "restoreDefault" }));
    const { actions } = await recorded(endpoint, () => remove(made));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("makes room for it where the group is full", async () => {
    const made = await make(setsAt(endpoint), exclusive({ onDestroy: "restoreDefault" }, many(60)));
    said.mockClear();
    const { actions } = await recorded(endpoint, () => remove(made));
    expect(actions).toEqual([DESCRIBE, REVOKE, AUTHORIZE, REVOKE]);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("leaves it where it has declared it itself, as EC2 would have made it", async () => {
    const all = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", description: "for now", tags: { Team: "web" } };
    const made = await make(setsAt(endpoint), exclusive({ onDestroy: "restoreDefault" }, [all, ...many(1)]));
    expect(await lines(place)).toHaveLength(2);
    await remove(made);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("leaves it where somebody has made it meanwhile", async () => {
    const made = await make(setsAt(endpoint), exclusive({ onDestroy: "restoreDefault" }));
    await authorize(place, { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] });
    await remove(made);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  test("without marks does the same", async () => {
    const made = await make(setsAt(endpoint), unmarked(exclusive({ onDestroy: "restoreDefault" })));
    await remove(made);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });
});

describe("without the right", () => {
  test.each([
    [DESCRIBE, "reading the rules of"],
    [REVOKE, "revoking rules sgr-"],
  ])("to %s nothing is deleted, and the error names it", async (action, doing) => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    await endpoint.deny([action]);
    const message = await failureOf(remove(made));
    expect(message).toContain(doing);
    expect(message).toContain(`Allow ec2:${action} to the credentials in use.`);
    await endpoint.deny([]);
    expect(await place.rules()).toHaveLength(3);
    await clear(place);
  });
});
