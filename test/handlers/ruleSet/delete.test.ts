import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { checked, failureOf, make, type Resource, recorded } from "../handler";
import {
  authorize,
  clear,
  makePlace,
  modify,
  OLD_CLAIM,
  OTHERS_CLAIM,
  OWNER_TAG,
  type Place,
  revoke,
  STACK,
  setTag,
  tcp,
} from "../place";
import { startProxy } from "../proxy";
import { bothAt, DEFAULT_RULE, lines, many, set, setsAt, to, unclaimed } from "./sets";

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
const told = () => said.mock.calls.flat().filter((text) => !text.includes("exclusive set revokes"));

test("a set's rules go in one request, and no others", async () => {
  const made = await make(setsAt(endpoint), set(place, many(30)));
  const other = await make(setsAt(endpoint), set(place, [to(22, "10.0.0.0/8")]));
  const { actions } = await recorded(endpoint, () => remove(made));
  expect(actions).toEqual([DESCRIBE, REVOKE]);
  expect(await lines(place)).toEqual([`22 10.0.0.0/8 by ${STACK}`, DEFAULT_RULE]);
  await remove(other);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
  expect(told()).toEqual([]);
});

strictly("more rules than fit in one request are split", async () => {
  await endpoint.quota(500);
  const made = await make(setsAt(endpoint, { "aws-egress:rulesPerGroup": "500" }), set(place, many(250)));
  const { actions } = await recorded(endpoint, () => remove(made));
  await endpoint.quota();
  expect(actions).toEqual([DESCRIBE, REVOKE, REVOKE]);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
});

strictly("a set without claims uses its ids", async () => {
  const made = await make(setsAt(endpoint), unclaimed(set(place, many(2))));
  await authorize(place, tcp(22, "10.0.0.0/8"));
  await remove(made);
  expect(await lines(place)).toEqual(["22 10.0.0.0/8", DEFAULT_RULE]);
  expect(told()).toEqual([]);
});

test("a rule that is already gone counts as deleted, and so does a set whose group is gone", async () => {
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

test("a rule that goes between look-up and request is no failure, and the others go too", async () => {
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

describe("a rule stays, and a line says why, if", () => {
  const left = (id: string, why: string) => `rule ${id} on ${place.group} is left in place: ${why}`;

  test("it carries a different claim than state knows", async () => {
    const made = await make(setsAt(endpoint), set(place, many(3)));
    const [others, own] = [idOf(made, "tcp 443 to 10.0.0.0/24"), idOf(made, "tcp 443 to 10.0.1.0/24")];
    await setTag(place, others, OWNER_TAG, OTHERS_CLAIM);
    await setTag(place, own, OWNER_TAG, OLD_CLAIM);
    await remove(made);
    expect(await lines(place)).toEqual([
      "443 10.0.0.0/24 by acme/shop/prod",
      `443 10.0.1.0/24 by ${STACK}`,
      DEFAULT_RULE,
    ]);
    expect(told().sort()).toEqual(
      [left(others, `"${OTHERS_CLAIM}" claims it now`), left(own, `"${OLD_CLAIM}" claims it now`)].sort(),
    );
  });

  test("a resource that check has seen in this run declares it", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const { sets, rules } = bothAt(endpoint);
    const id = idOf(made, "tcp 443 to 10.0.0.0/24");
    await checked(rules, {
      ...many(1)[0],
      securityGroupId: place.group,
      __program: { urn: "urn:rule", silence: [] },
    });
    await sets.delete(made.id, made.outs);
    expect(await lines(place)).toEqual([`443 10.0.0.0/24 by ${STACK}`, DEFAULT_RULE]);
    expect(told()).toEqual([left(id, "this program declares it")]);
  });

  test("a resource has taken it over in this run, while reads still show the old claim", async () => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    const { sets, rules } = bothAt(endpoint);
    const { id } = await make(rules, { ...many(1)[0], securityGroupId: place.group, owner: STACK });
    await setTag(place, id, OWNER_TAG, String(made.outs.claim));
    await sets.delete(made.id, made.outs);
    expect(await lines(place)).toEqual([`443 10.0.0.0/24 by ${STACK}`, DEFAULT_RULE]);
    expect(told()).toEqual([left(id, "another resource of this program has it now")]);
  });
});

test("a rule of its stack that is not in its state stays", async () => {
  const made = await make(setsAt(endpoint), set(place, many(1)));
  await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: String(made.outs.claim) });
  await remove(made);
  expect(await lines(place)).toEqual([`22 10.0.0.0/8 by ${STACK}`, DEFAULT_RULE]);
});

describe("without permission", () => {
  test.each([
    [DESCRIBE, "reading the rules of"],
    [REVOKE, "revoking rule sgr-"],
  ])("to %s nothing is deleted, and the error names the action", async (action, doing) => {
    const made = await make(setsAt(endpoint), set(place, many(2)));
    await endpoint.deny([action]);
    const message = await failureOf(remove(made));
    expect(message).toContain(doing);
    expect(message).toContain(`Allow ec2:${action} to the current credentials.`);
    await endpoint.deny([]);
    expect(await place.rules()).toHaveLength(3);
    await clear(place);
  });
});

test("a rule that a person changed goes with its set, although a resource declares the original", async () => {
  const { id, outs } = await make(setsAt(endpoint), set(place, [to(443, "10.0.0.0/16")]));
  const [rule] = (await place.rules()).filter(({ fromPort }) => fromPort === 443);
  const changed = { IpProtocol: "tcp", FromPort: 443, ToPort: 444, CidrIpv4: "10.0.0.0/16" };
  await modify(place, rule?.securityGroupRuleId ?? "", changed);
  const { rules, sets } = bothAt(endpoint);
  const single = { securityGroupId: place.group, ...to(443, "10.0.0.0/16"), owner: STACK };
  await make(rules, { ...single, __program: { urn: "urn:single", silence: [] } });
  await sets.delete(id, outs);
  expect(await lines(place)).toEqual(["443 10.0.0.0/16 by shop/test", DEFAULT_RULE]);
});
