import { CreateManagedPrefixListCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { change, failureOf, make, type Props } from "../handler";
import { clear, makePlace, OWNER, type Place } from "../place";
import { type MishapProxy, startProxy } from "../proxy";
import { lines, many, set, setsAt, to } from "./sets";

let proxy: MishapProxy;
let place: Place;
let said: jest.SpyInstance;
/** The rules of the group after each call that EC2 has carried out. */
let history: { readonly action: string; readonly rules: readonly string[] }[];

beforeAll(async () => {
  proxy = await startProxy(endpoint.url, async (action) => {
    history.push({ action, rules: await lines(place) });
  });
});
afterAll(async () => {
  await proxy.stop();
});
beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
  history = [];
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  said.mockRestore();
  await endpoint.deny([]);
});

const by = (...rules: string[]) => rules.map((rule) => `${rule} by ${OWNER}`);
const tagged = (rules: Props[], Team: string): Props[] => rules.map((rule) => ({ ...rule, tags: { Team } }));

async function changed(before: readonly Props[], after: readonly Props[], config = {}) {
  const made = await make(setsAt(endpoint, config), set(place, before));
  history = [];
  return change(setsAt(proxy, config), made, set(place, after));
}

const actions = () => history.map(({ action }) => action);

test("rules come before others go, and one that stays is never away", async () => {
  const list = { ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId: place.s3 };
  await changed(
    [to(1, "10.0.0.0/8"), to(443, "10.0.0.0/8")],
    [to(1, "10.0.0.0/8", { description: "stays" }), list],
  );
  expect(history.map(({ rules }) => rules)).toEqual([
    by("1 10.0.0.0/8", "443 10.0.0.0/8"),
    by("1 10.0.0.0/8", "443 10.0.0.0/8", `443 ${place.s3}`),
    by('1 10.0.0.0/8 "stays"', "443 10.0.0.0/8", `443 ${place.s3}`),
    by('1 10.0.0.0/8 "stays"', `443 ${place.s3}`),
  ]);
});

test("networks that are taken together, and one that is taken apart, change all at once", async () => {
  await changed(
    [to(443, "10.0.0.0/16"), to(443, "10.1.0.0/16"), to(80, "10.0.0.0/8")],
    [to(443, "10.0.0.0/15"), to(80, "10.0.0.0/9"), to(80, "10.128.0.0/9")],
  );
  expect(history.map(({ rules }) => rules)).toEqual([
    by("443 10.0.0.0/16", "443 10.1.0.0/16", "80 10.0.0.0/8"),
    by("443 10.0.0.0/15", "80 10.0.0.0/9", "80 10.128.0.0/9"),
  ]);
});

describe("at the quota", () => {
  // Of other tags, so that none can become another.
  const before = tagged(many(58), "web");
  const after = [...before.slice(5), ...tagged(many(63).slice(58), "ops")];

  test("as few rules as will do go first, and it is said which", async () => {
    await changed(before, after);
    expect(actions()).toEqual([DESCRIBE, REVOKE, AUTHORIZE, REVOKE]);
    expect(history.map(({ rules }) => rules.length)).toEqual([58, 55, 60, 58]);
    expect(said.mock.calls).toEqual([
      [
        `${place.group} has no room for its old and its new rules at once: tcp 443 to 10.0.0.0/24, tcp 443 to 10.0.1.0/24, tcp 443 to 10.0.2.0/24 go before others come`,
      ],
    ]);
  });

  test("none goes first where the quota is known to be raised, and nothing is said", async () => {
    await endpoint.quota(70);
    await changed(before, after, { "aws-egress:rulesPerGroup": "70" });
    await endpoint.quota();
    expect(actions()).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(said).not.toHaveBeenCalled();
  });

  test("only what is of a family without room goes first", async () => {
    const ipv6 = (count: number) =>
      Array.from({ length: count }, (_, place) => ({ ipProtocol: "-1", cidrIpv6: `2001:db8:${place}::/48` }));
    await changed(tagged([...ipv6(60), to(1, "10.0.0.0/8")], "web"), [
      ...tagged(ipv6(60).slice(1), "web"),
      ...tagged([...ipv6(61).slice(60), to(2, "10.0.0.0/8")], "ops"),
    ]);
    expect(actions()).toEqual([DESCRIBE, REVOKE, AUTHORIZE, REVOKE]);
    expect(history.map(({ rules }) => rules.length)).toEqual([61, 60, 62, 61]);
    expect(said.mock.calls[0]).toEqual([expect.stringContaining("all traffic to 2001:db8::/48 goes before")]);
  });

  test("a prefix list counts as its entries until it is gone, and another goes in its place", async () => {
    const list = { PrefixListName: "offices", AddressFamily: "IPv4", MaxEntries: 50 };
    await place.ec2.send(new CreateManagedPrefixListCommand(list));
    const to = (prefixListName: string) => ({ ipProtocol: "-1", prefixListName });
    const heavy = to("com.amazonaws.global.cloudfront.origin-facing");
    const warned = jest.spyOn(console, "warn").mockImplementation(() => {});
    await changed([heavy, ...many(3)], [to("offices"), ...many(3)]);
    expect(actions().filter((action) => action !== "DescribeManagedPrefixLists")).toEqual([
      DESCRIBE,
      REVOKE,
      AUTHORIZE,
    ]);
    expect(said).toHaveBeenCalledTimes(1);
    // Of its weight only EC2 can tell, and of that of AWS's own lists the program.
    expect(warned.mock.calls).toEqual([
      [expect.stringMatching(/^warning: .*"offices" counts as 50 of the 60/)],
    ]);
    warned.mockRestore();
  });

  test("more than the quota is refused before anything is sent", async () => {
    const made = await make(setsAt(endpoint), set(place, many(50)));
    history = [];
    const message = await failureOf(change(setsAt(proxy), made, set(place, many(61))));
    expect(message).toContain("this set declares 61 for IPv4");
    expect(actions()).toEqual([DESCRIBE]);
  });

  test("a request that fails after rules went first leaves a state that the next run finishes from", async () => {
    const made = await make(setsAt(endpoint), set(place, before));
    await endpoint.deny([AUTHORIZE]);
    const error: unknown = await change(setsAt(proxy), made, set(place, after)).catch((reason) => reason);
    const { properties, id } = Object(error);
    expect(Object.keys(properties.ruleIds)).toHaveLength(55);
    await endpoint.deny([]);
    const { inputs } = made;
    await change(setsAt(endpoint), { id, inputs, outs: properties }, set(place, after));
    expect((await lines(place)).sort()).toEqual(
      [...after.map(({ cidrIpv4, tags }) => `443 ${cidrIpv4} Team=${Object(tags).Team} by ${OWNER}`)].sort(),
    );
  });
});
