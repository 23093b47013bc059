import {
  AuthorizeSecurityGroupEgressCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import { differences, type Found, idsByKey } from "../../soak/compare";
import { newDraft } from "../../soak/draft";
import { notKept } from "../../soak/kept";
import { permission } from "../../soak/permission";
import { randomOf } from "../../soak/random";
import { keyOf, type SoakRule } from "../../soak/rules";
import { defaultRule } from "../../soak/settled";
import { DEFAULT_TAGS, type World, withIds } from "../../soak/world";
import { type Endpoint, startEndpoint } from "../ec2/endpoint";
import { idOf, ipv4, tcp } from "../ec2/rules";
import { authorize, describeAgain, modify, revoke } from "../ec2/send";
import { known } from "../known";

const MARK = "pulumi-aws-egress:owner";

let endpoint: Endpoint;
let ec2: EC2Client;
let group: string;
let world: World;
/** The id of the rule of `single-1`. */
let id: string;

beforeAll(async () => {
  // What is compared is told by EC2 in full, which plain moto does not do.
  endpoint = await startEndpoint({ plain: false });
  ec2 = endpoint.client();
});
afterAll(() => endpoint.stop());

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  const [one, two, three] = [22, 80, 443].map(rule);
  world = {
    resources: new Map([
      ["single-1", { kind: "single", group, rules: [known(one)] }],
      [
        "set-1",
        { kind: "set", group, rules: [known(two), known(three)], exclusive: false, restoreDefault: false },
      ],
    ]),
    strangers: [defaultRule(group)],
  };
  id = await make(known(one), "soak/test/single-1");
  for (const port of [two, three]) await make(known(port), "soak/test/set-1");
  world = withIds(world, idsByKey(await look()));
});

function rule(port: number): SoakRule {
  const destination = { kind: "cidrIpv4", network: 0x0a000000n, length: 16 } as const;
  return {
    model: { group, protocol: 6, ports: [port, port], destination },
    description: `to ${port}`,
    tags: { Port: `${port}` },
  };
}

async function make(one: SoakRule, mark: string): Promise<string> {
  const Tags = Object.entries({ ...DEFAULT_TAGS, ...one.tags, [MARK]: mark }).map(([Key, Value]) => ({
    Key,
    Value,
  }));
  const { SecurityGroupRules = [] } = await ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: group,
      IpPermissions: [permission(one)],
      TagSpecifications: [{ ResourceType: "security-group-rule", Tags }],
    }),
  );
  return idOf(known(SecurityGroupRules[0]));
}

/** EC2 as it is, with a state that fits to what it was at first. */
async function look(): Promise<Found> {
  const rules = await endpoint.rules(group);
  const of = (port: number) => rules.find(({ FromPort }) => FromPort === port)?.SecurityGroupRuleId ?? "";
  const urn = (name: string) => `urn:pulumi:test::soak::pulumi-nodejs:dynamic/aws-egress:Any::${name}`;
  return {
    rules: new Map([[group, rules]]),
    state: [
      { urn: urn("single-1"), type: "single", id: of(22) },
      { urn: urn("set-1"), type: "set", id: group, outputs: { ruleIds: { http: of(80), https: of(443) } } },
    ],
  };
}

test("what is as the model says shows no difference", async () => {
  expect(differences(world, await look())).toEqual([]);
});

const tags = (Key: string, Value: string) =>
  new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] });

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    "a rule made behind its back",
    () => authorize(ec2, group, [tcp(1, ipv4("10.0.0.0/16"))]),
    /is there and should not be/,
  ],
  ["a rule revoked", () => revoke(ec2, group, [id]), /"fromPort":22.* is missing/],
  ["a description", () => describeAgain(ec2, group, [[id, "by hand"]]), /the description is "by hand"/],
  ["a description taken away", () => describeAgain(ec2, group, [[id]]), /the description is undefined/],
  ["a tag", () => ec2.send(tags("Port", "23")), /the tags is .*"23"/],
  ["a tag more", () => ec2.send(tags("More", "")), /the tags is .*"More"/],
  [
    "a default tag less",
    () => ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Stack" }] })),
    /the tags/,
  ],
  [
    "no mark",
    () => ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: MARK }] })),
    /its mark undefined/,
  ],
  ["another's mark", () => ec2.send(tags(MARK, "other/prod/web")), /its mark other\/prod\/web/],
  [
    "a longer port range",
    () =>
      modify(ec2, group, [[id, { IpProtocol: "tcp", FromPort: 22, ToPort: 23, CidrIpv4: "10.0.0.0/16" }]]),
    /"toPort":22.* is missing/,
  ],
  [
    "a stranger's rule revoked",
    () => revoke(ec2, group, [known(world.strangers[0]?.id)]),
    /"-1".* is missing/,
  ],
])("%s shows", async (_, plant, text) => {
  await plant();
  expect(differences(world, await look()).join("\n")).toMatch(text);
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
  expect(differences(world, change(await look())).join("\n")).toMatch(text);
});

test("a rule that was taken away and made again shows, unless it was meant to", async () => {
  const before = await look();
  const [one] = known(world.resources.get("single-1")).rules;
  await revoke(ec2, group, [id]);
  await make(known(one), "soak/test/single-1");
  const after = await look();
  expect(differences(world, after)).toEqual([]);
  const draft = newDraft(randomOf(1, 1), world, [group], { groups: [], prefixLists: [] });
  expect(notKept({ draft }, before, after).join("\n")).toMatch(
    /made again\nsingle-1 was .* replaced and not changed/,
  );
  draft.loose.add(keyOf(known(one).model));
  expect(notKept({ draft }, before, after)).toEqual([]);
});
