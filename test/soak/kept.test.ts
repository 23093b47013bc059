import { differences } from "../../soak/compare";
import { newDraft } from "../../soak/draft";
import { notKept } from "../../soak/kept";
import { randomOf } from "../../soak/random";
import { keyOf } from "../../soak/rules";
import { OWNER_TAG } from "../../soak/world";
import { type Endpoint, startEndpoint } from "../ec2/endpoint";
import { modify, revoke } from "../ec2/send";
import { LATER_CLAIM, type MadeWorld, makeWorld, urnOf } from "./madeWorld";

let endpoint: Endpoint;
let made: MadeWorld;

beforeAll(async () => {
  endpoint = await startEndpoint({ plain: false });
});
afterAll(() => endpoint.stop());
beforeEach(async () => {
  made = await makeWorld(endpoint);
});

const newStep = () => ({
  draft: newDraft(randomOf(1, 1), made.world, [made.group], { groups: [], prefixLists: [] }),
});

test("a rule revoked and made again shows, unless a person revoked it", async () => {
  const { ec2, group, world, rule, id, look, makeAgain } = made;
  const before = await look();
  await revoke(ec2, group, [id]);
  const again = await makeAgain();
  const after = await look();
  expect(differences(world, after)).toEqual([]);
  const step = newStep();
  expect(notKept(step, before, after)).toEqual([
    `${keyOf(rule.model)} was ${id} and is ${again}: it was taken away and made again`,
  ]);
  step.draft.lost.add(keyOf(rule.model));
  expect(notKept(step, before, after)).toEqual([]);
});

test("a modified rule shows, even if it becomes a declared one", async () => {
  const { ec2, group, rule, id, look } = made;
  const before = await look();
  await modify(ec2, group, [[id, { IpProtocol: "tcp", FromPort: 23, ToPort: 23, CidrIpv4: "10.0.0.0/16" }]]);
  const now = keyOf({ ...rule.model, ports: [23, 23] });
  expect(notKept(newStep(), before, await look())).toEqual([
    `${id} was ${keyOf(rule.model)} and is ${now}: it became another rule`,
  ]);
});

test("a rule that another resource now holds is kept", async () => {
  const { group, world, rule, look, setTag } = made;
  const before = await look();
  await setTag(OWNER_TAG, LATER_CLAIM);
  const now = await look();
  const state = now.state.map((one) =>
    one.type === "single" ? { ...one, urn: urnOf("single-2"), outputs: { claim: LATER_CLAIM } } : one,
  );
  const resources = new Map(world.resources).set("single-2", { kind: "single", group, rules: [rule] });
  resources.delete("single-1");
  expect(differences({ ...world, resources }, { ...now, state })).toEqual([]);
  expect(notKept(newStep(), before, { ...now, state })).toEqual([]);
});
