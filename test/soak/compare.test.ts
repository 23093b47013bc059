import { DeleteTagsCommand } from "@aws-sdk/client-ec2";
import { differences, type Found } from "../../soak/compare";
import { OTHERS_CLAIM, OWNER_TAG } from "../../soak/world";
import { type Endpoint, startEndpoint } from "../ec2/endpoint";
import { ipv4, tcp } from "../ec2/rules";
import { authorize, describeAgain, modify, revoke } from "../ec2/send";
import { known } from "../known";
import { LATER_CLAIM, type MadeWorld, makeWorld } from "./madeWorld";

let endpoint: Endpoint;
let made: MadeWorld;

beforeAll(async () => {
  // The comparison needs everything EC2 returns, and plain moto omits some of it.
  endpoint = await startEndpoint({ plain: false });
});
afterAll(() => endpoint.stop());
beforeEach(async () => {
  made = await makeWorld(endpoint);
});

test("matching the model shows no difference", async () => {
  expect(differences(made.world, await made.look())).toEqual([]);
});

const withoutTag = ({ ec2, id }: MadeWorld, Key: string) =>
  ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] }));

test.each<[string, (made: MadeWorld) => Promise<unknown>, RegExp]>([
  [
    "a rule made behind its back",
    ({ ec2, group }) => authorize(ec2, group, [tcp(1, ipv4("10.0.0.0/16"))]),
    /is there and should not be/,
  ],
  ["a rule revoked", ({ ec2, group, id }) => revoke(ec2, group, [id]), /"fromPort":22.* is missing/],
  [
    "a description",
    ({ ec2, group, id }) => describeAgain(ec2, group, [[id, "by hand"]]),
    /the description is "by hand"/,
  ],
  [
    "a description taken away",
    ({ ec2, group, id }) => describeAgain(ec2, group, [[id]]),
    /the description is undefined/,
  ],
  ["a tag", ({ setTag }) => setTag("Port", "23"), /the tags is .*"23"/],
  ["a tag more", ({ setTag }) => setTag("More", ""), /the tags is .*"More"/],
  ["a default tag less", (one) => withoutTag(one, "Stack"), /the tags/],
  ["no claim", (one) => withoutTag(one, OWNER_TAG), /its claim undefined is none/],
  [
    "another stack's claim",
    ({ setTag }) => setTag(OWNER_TAG, OTHERS_CLAIM),
    /its claim other\/prod@7f3k2m9q is none of soak\/test/,
  ],
  [
    "a claim of the stack that names a resource",
    ({ setTag }) => setTag(OWNER_TAG, "soak/test/single-1"),
    /its claim soak\/test\/single-1 is none/,
  ],
  [
    "a claim that state does not know",
    ({ setTag }) => setTag(OWNER_TAG, LATER_CLAIM),
    /the claim that the state of single-1 knows is "soak\/test@7f3k2m9q" and should be "soak\/test@0a1b2c3d"/,
  ],
  [
    "a longer port range",
    ({ ec2, group, id }) =>
      modify(ec2, group, [[id, { IpProtocol: "tcp", FromPort: 22, ToPort: 23, CidrIpv4: "10.0.0.0/16" }]]),
    /"toPort":22.* is missing/,
  ],
  [
    "a stranger's rule revoked",
    ({ ec2, group, world }) => revoke(ec2, group, [known(world.strangers[0]?.id)]),
    /"-1".* is missing/,
  ],
])("%s shows", async (_, plant, text) => {
  await plant(made);
  expect(differences(made.world, await made.look()).join("\n")).toMatch(text);
});

test.each<[string, (found: Found) => Found, RegExp]>([
  [
    "a resource too many",
    ({ rules, state }) => ({ rules, state: [...state, { urn: "a::b", type: "c" }] }),
    /the state has b /,
  ],
  [
    "a resource too few",
    ({ rules, state }) => ({ rules, state: state.slice(1) }),
    /is not in the state of single-1/,
  ],
  [
    "another id",
    ({ rules, state }) => ({
      rules,
      state: state.map((one) => (one.type === "single" ? { ...one, id: "sgr-1" } : one)),
    }),
    /is not in the state of single-1/,
  ],
  [
    "a rule too many in a set",
    ({ rules, state }) => ({
      rules,
      state: state.map((one) =>
        one.type === "set"
          ? { ...one, outputs: { ruleIds: { ...Object(one.outputs?.ruleIds), more: "sgr-1" } } }
          : one,
      ),
    }),
    /the state of set-1 has 3 rules and should have 2/,
  ],
])("%s in the state shows", async (_, change, text) => {
  expect(differences(made.world, change(await made.look())).join("\n")).toMatch(text);
});
