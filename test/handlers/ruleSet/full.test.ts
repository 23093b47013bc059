import { CreateManagedPrefixListCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE, MODIFY, REVOKE } from "../../actions";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, failureOf, make, type Props, type Resource } from "../handler";
import { authorize, clear, makePlace, type Place, STACK, tcp } from "../place";
import { type MishapProxy, startProxy } from "../proxy";
import { up } from "./runs";
import { lines, many, set, setsAt, to } from "./sets";

// A group of 60 rules for each family, in which a set has no room for its old and its new rules together.

let proxy: MishapProxy;
let place: Place;
let said: jest.SpyInstance;
/** How many rules the group has after each call that EC2 executed. */
let history: { readonly action: string; readonly count: number }[];

beforeAll(async () => {
  proxy = await startProxy(endpoint.url, async (action) => {
    history.push({ action, count: (await place.rules()).length });
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
  await endpoint.quota();
  await endpoint.befall([]);
});

async function made(rules: readonly Props[], more: Props = {}, config = {}): Promise<Resource> {
  const resource = await make(setsAt(endpoint, config), set(place, rules, more));
  history = [];
  said.mockClear();
  return resource;
}

const actions = () => history.map(({ action }) => action);
const counts = () => history.map(({ count }) => count);
const idsOf = ({ outs }: Resource): { [key: string]: string } => Object(outs.ruleIds);
/** How many rules kept their ids but were modified. */
const become = (before: Resource, after: Resource) =>
  Object.entries(idsOf(after)).filter(
    ([key, id]) => Object.values(idsOf(before)).includes(id) && idsOf(before)[key] !== id,
  ).length;
const refused = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;

const olds = () => many(58);
/** Five others; two of them fit. */
const news = () => many(63).slice(5);
const list = (): Props => ({ ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId: place.s3 });

describe("rules become others of their kind, in one call,", () => {
  strictly("as far as there is no room for both, and the rest come before others go", async () => {
    const resource = await made(olds());
    const result = await change(setsAt(proxy), resource, set(place, news()));
    expect(actions()).toEqual([DESCRIBE, AUTHORIZE, MODIFY, REVOKE]);
    expect(counts()).toEqual([58, 60, 60, 58]);
    expect(become(resource, result)).toBe(3);
    expect(await lines(place)).toEqual(
      news()
        .map(({ cidrIpv4 }) => `443 ${cidrIpv4} by ${STACK}`)
        .sort(),
    );
    expect(result.outs.claim).toBe(resource.outs.claim);
    expect(said).not.toHaveBeenCalled();
  });

  test("with their description and tags", async () => {
    const more = { description: "new", tags: { Team: "ops" } };
    const resource = await made(many(60, { tags: { Stage: "old" } }));
    const args = set(place, [...many(60, { tags: { Stage: "old" } }).slice(1), to(80, "10.0.0.0/8", more)]);
    await change(setsAt(proxy), resource, args);
    expect(actions()).toEqual([DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(await lines(place)).toContain(`80 10.0.0.0/8 "new" Team=ops by ${STACK}`);
  });

  strictly("but none does if the quota is known to be higher", async () => {
    await endpoint.quota(70);
    const raised = { "aws-egress:rulesPerGroup": "70" };
    const resource = await made(olds(), {}, raised);
    const result = await change(setsAt(proxy, raised), resource, set(place, news()));
    expect(actions()).toEqual([DESCRIBE, AUTHORIZE, REVOKE]);
    expect(become(resource, result)).toBe(0);
  });

  test("and an exclusive set reports a stranger that became one of its rules as revoked", async () => {
    const resource = await made(many(59), { exclusive: true });
    const id = await authorize(place, tcp(22, "10.0.0.0/8"));
    const args = set(place, many(60), { exclusive: true });
    const result = await change(setsAt(proxy), resource, args);
    expect(actions()).toEqual([DESCRIBE, MODIFY, "CreateTags"]);
    expect(idsOf(result)).toEqual({ ...idsOf(resource), "tcp 443 to 10.0.59.0/24": id });
    expect(said.mock.calls.flat()).toEqual([
      `${place.group}: the exclusive set revoked rules that it does not declare: tcp 22 to 10.0.0.0/8 (${id})`,
    ]);
  });

  test("or stay unchanged if EC2 refuses that, state knows it, and the next `up` continues", async () => {
    const resource = await made(olds());
    await endpoint.befall([{ action: MODIFY, times: 9, fault: refused }]);
    const { kept, error } = await up(setsAt(endpoint), resource, set(place, news()));
    await endpoint.befall([]);
    expect(error).toContain("changing rule sgr-");
    expect(await place.rules()).toHaveLength(60);
    expect(Object.keys(Object(kept?.outs.ruleIds))).toHaveLength(60);
    const finished = await up(setsAt(endpoint), kept, set(place, news()));
    expect(finished.error).toBeUndefined();
    expect(Object.values(Object(finished.kept?.outs.ruleIds)).sort()).toEqual(
      (await place.rules()).map((rule) => rule.securityGroupRuleId).sort(),
    );
    expect(await lines(place)).toHaveLength(58);
  });
});

describe("if rules of another kind come, old rules go first,", () => {
  const [full, edited] = [() => many(60), () => [...many(60).slice(2), list(), to(80, "10.0.0.0/8")]];

  test("as few as possible, and a line names them", async () => {
    const resource = await made(full());
    const result = await change(setsAt(proxy), resource, set(place, edited()));
    expect(actions()).toEqual([DESCRIBE, REVOKE, AUTHORIZE, MODIFY]);
    expect(counts()).toEqual([60, 59, 60, 60]);
    expect(become(resource, result)).toBe(1);
    expect(said.mock.calls.flat()).toEqual([
      expect.stringMatching(
        `^${place.group} has no room for its old and new rules at once: tcp 443 to 10.0.[01].0/24 is revoked before new ones are authorized$`,
      ),
    ]);
  });

  strictly("but only in a family without room", async () => {
    const ipv6 = Array.from({ length: 60 }, (_, number) => ({
      ipProtocol: "-1",
      cidrIpv6: `2001:db8:${number}::/48`,
    }));
    const resource = await made([...ipv6, to(1, "10.0.0.0/8")]);
    await change(setsAt(proxy), resource, set(place, [...ipv6.slice(1), list()]));
    expect(actions()).toEqual([DESCRIBE, REVOKE, AUTHORIZE, REVOKE]);
    expect(counts()).toEqual([61, 60, 61, 60]);
    expect(said.mock.calls.flat()).toEqual([
      expect.stringContaining("all traffic to 2001:db8::/48 is revoked before new ones are authorized"),
    ]);
  });

  test("prefix lists too, which count as their entries until they are gone", async () => {
    const offices = { PrefixListName: "offices", AddressFamily: "IPv4", MaxEntries: 50 };
    await place.ec2.send(new CreateManagedPrefixListCommand(offices));
    const named = (prefixListName: string) => ({ ipProtocol: "-1", prefixListName });
    const warned = jest.spyOn(console, "warn").mockImplementation(() => {});
    const resource = await made([named("com.amazonaws.global.cloudfront.origin-facing"), ...many(3)]);
    await change(setsAt(proxy), resource, set(place, [named("offices"), ...many(3)]));
    expect(actions().filter((action) => action !== "DescribeManagedPrefixLists")).toEqual([
      DESCRIBE,
      REVOKE,
      AUTHORIZE,
    ]);
    expect(said).toHaveBeenCalledTimes(1);
    // Only EC2 knows its weight; the program knows that of AWS's own lists.
    expect(warned.mock.calls).toEqual([
      [expect.stringMatching(/^warning: .*"offices" counts as 50 of the 60/)],
    ]);
    warned.mockRestore();
  });

  test("and if EC2 then refuses the others, state knows it, and the next `up` continues", async () => {
    const resource = await made(full());
    await endpoint.befall([{ action: AUTHORIZE, times: 9, fault: refused }]);
    const { kept, error } = await up(setsAt(endpoint), resource, set(place, edited()));
    await endpoint.befall([]);
    expect(error).toContain(`authorizing tcp 443 to ${place.s3}`);
    expect(Object.keys(Object(kept?.outs.ruleIds))).toHaveLength(59);
    expect((await up(setsAt(endpoint), kept, set(place, edited()))).error).toBeUndefined();
    expect(await lines(place)).toHaveLength(60);
    expect(await lines(place)).toEqual(
      expect.arrayContaining([`443 ${place.s3} by ${STACK}`, `80 10.0.0.0/8 by ${STACK}`]),
    );
  });
});

test("more rules than the quota are refused before any request", async () => {
  const resource = await made(many(50));
  const message = await failureOf(change(setsAt(proxy), resource, set(place, many(61))));
  expect(message).toContain("this set declares 61 for IPv4");
  expect(actions()).toEqual([DESCRIBE]);
});

test("with a lower quota than configured, only rules without room fail, and the error says what uses the quota", async () => {
  const resource = await made(many(59));
  const raised = setsAt(endpoint, { "aws-egress:rulesPerGroup": "70" });
  const { kept, error } = await up(raised, resource, set(place, many(62)));
  expect(error).toContain("RulesPerSecurityGroupLimitExceeded");
  expect(error).toContain(`${place.group} has 60 rules for IPv4 and 0 for IPv6: 60 of ${STACK}.`);
  expect(Object.values(Object(kept?.outs.ruleIds)).sort()).toEqual(
    (await place.rules()).map((rule) => rule.securityGroupRuleId).sort(),
  );
});
