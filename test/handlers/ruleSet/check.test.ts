import fc from "fast-check";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { anything } from "../../rule/arbitraries";
import { endpoint } from "../../world";
import { checked, configFor, type Props } from "../handler";
import { STACK } from "../place";
import { handler, place, refusals } from "./checking";
import { set, setsAt, to } from "./sets";

test("a valid set returns in canonical form: each rule by its text, once, sorted", async () => {
  const rules = [
    { ipProtocol: "UDP", fromPort: "53", toPort: 53, cidrIpv6: "2001:DB8:0::1/32", description: "names" },
    to(443, "10.0.7.7/16", { tags: { Team: "web", Area: "shop" } }),
    {
      ipProtocol: 6,
      fromPort: 443,
      toPort: "443",
      cidrIpv4: "10.0.0.0/16",
      tags: { Area: "shop", Team: "web" },
    },
    { ipProtocol: "all", referencedSecurityGroupId: `210987654321/${place.other}` },
  ];
  expect(
    await checked(handler, set(place, rules, { exclusive: "true", adopt: false, region: null })),
  ).toEqual({
    securityGroupId: place.group,
    region: "us-east-1",
    exclusive: true,
    owner: STACK,
    rules: {
      [`all traffic to 210987654321/${place.other}`]: {},
      "tcp 443 to 10.0.0.0/16": { tags: { Area: "shop", Team: "web" } },
      "udp 53 to 2001:db8::/32": { description: "names" },
    },
    __provider: expect.anything(),
  });
});

test("an empty set is valid", async () => {
  expect(await checked(handler, set(place, []))).toMatchObject({ rules: {} });
});

test("all failures appear at once, each with its place", async () => {
  const rules = [
    to(443, "10.0.0.0"),
    { ipProtocol: "tcp", fromPort: 443, toPort: 80, cidrIpv4: "10.0.0.0/8", description: "Büro" },
    "tcp 443",
    to(443, "10.0.0.0/8", {
      tags: { "aws:x": "y" },
      region: "eu-west-1",
      securityGroupId: place.group,
      adopt: true,
    }),
    { ipProtocol: "tcp", fromPort: 1, toPort: 1 },
  ];
  const said = await refusals({
    securityGroupId: "web",
    rules,
    region: "europe",
    exclusive: "yes",
    onDestroy: "restore",
    egress: [],
  });
  expect(said).toEqual([
    expect.stringMatching(
      /^egress is not an argument of EgressRuleSet; valid arguments are securityGroupId, rules,/,
    ),
    'exclusive must be true or false; got "yes"',
    'onDestroy must be "restoreDefault"; got "restore"',
    expect.stringMatching(/^onDestroy requires exclusive, or strangers "revoke" or "refuse"/),
    expect.stringMatching(/^securityGroupId "web" is not the id of a security group/),
    expect.stringMatching(/^region "europe" is not an AWS Region/),
    expect.stringMatching(/^rules\[0\]\.cidrIpv4 "10.0.0.0" has no prefix length/),
    expect.stringMatching(/^rules\[1\]\.toPort 80 is below fromPort, 443/),
    expect.stringMatching(/^rules\[1\]\.description "Büro" contains/),
    'rules[2] "tcp 443" is not an object of arguments',
    "rules[3].securityGroupId is set once for the whole set: remove it here",
    "rules[3].region is set once for the whole set: remove it here",
    "rules[3].adopt is set once for the whole set: remove it here",
    expect.stringMatching(/^rules\[3\]\.tags\["aws:x"\] keys that begin with "aws:"/),
    expect.stringMatching(/^rules\[4\]\.cidrIpv4 no destination is specified/),
  ]);
});

test.each<[unknown, string]>([
  [null, "rules is missing: specify a list, [] for no rules"],
  ["tcp", 'rules "tcp" is not a list of rules: specify a list, [] for no rules'],
  [7, "rules 7 is not a list of rules: specify a list, [] for no rules"],
])("the rules %j are not a list", async (rules, said) => {
  expect(await refusals({ securityGroupId: place.group, rules })).toEqual([said]);
});

test("a group is required", async () => {
  expect(await refusals({ rules: [] })).toEqual(["securityGroupId is required"]);
});

describe("the same rule declared twice", () => {
  test.each<[string, Props, string]>([
    ["description", { description: "other" }, "a different description"],
    ["tags", { tags: { Team: "ops" } }, "different tags"],
    ["both", { description: "other", tags: { Team: "ops" } }, "a different description and different tags"],
  ])("with another %s is an error", async (_, more, differs) => {
    const rules = [to(1, "10.0.0.0/8"), to(443, "10.0.0.0/16"), to(443, "10.0.9.9/16", more)];
    expect(await refusals(set(place, rules))).toEqual([
      `rules[2] is a duplicate of rules[1], tcp 443 to 10.0.0.0/16, with ${differs}: keep one of the two`,
    ]);
  });

  test("with the group's account only once is an error, because EC2 keeps one", async () => {
    const one = { ipProtocol: "-1", referencedSecurityGroupId: place.other };
    const said = await refusals(
      set(place, [one, { ...one, referencedSecurityGroupOwnerId: "123456789012" }]),
    );
    expect(said).toEqual([expect.stringContaining("is a duplicate of rules[0]")]);
    expect(said[0]).toContain("with a different account: keep one of the two");
  });
});

describe("tags", () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`key${place}`, "value"]));

  test("count together with the stack's and the claim", async () => {
    const withDefaults = setsAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) });
    expect(await refusals(set(place, [to(1, "10.0.0.0/8", { tags: tags(48) })]), withDefaults)).toEqual([]);
    expect(await refusals(set(place, [to(1, "10.0.0.0/8", { tags: tags(49) })]), withDefaults)).toEqual([
      expect.stringMatching(
        /^rules\[0\]\.tags has 50 entries with those of the set and of aws:defaultTags: keep at most 49$/,
      ),
    ]);
    const { owner: _, ...args } = set(place, [to(1, "10.0.0.0/8", { tags: tags(49) })]);
    expect(await refusals(args, withDefaults)).toEqual([]);
  });

  test("of the stack are kept once, besides the rules", async () => {
    const withDefaults = setsAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) });
    const inputs = await checked(withDefaults, set(place, [to(1, "10.0.0.0/8", { tags: { Team: "web" } })]));
    expect(inputs).toMatchObject({
      defaultTags: { Stage: "test" },
      rules: { "tcp 1 to 10.0.0.0/8": { tags: { Team: "web" } } },
    });
  });
});

test("an invalid stack configuration fails first", async () => {
  const wrong = setsAt(endpoint, { "aws-egress:rulesPerGroup": "many" });
  expect(await refusals(set(place, [to(1, "x")]), wrong)).toEqual([
    'aws-egress:rulesPerGroup "many" is not a number of rules, 1 or more',
  ]);
});

test("any value is refused or read, and nothing throws", async () => {
  const { configure, check } = makeEgressRuleSet();
  const config = configFor(endpoint.url);
  void configure?.({ config: { get: (key) => config[key], require: (key) => config[key] ?? "" } });
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, fc.array(anything)), anything, async (rules, more) => {
      const args = typeof more === "object" ? more : { exclusive: more };
      const given: unknown = JSON.parse(JSON.stringify(set(place, [], { ...args, rules })));
      const { failures = [], inputs } = (await check?.({}, given)) ?? {};
      if (failures.length > 0) return;
      // Inputs that were checked check again unchanged.
      expect((await check?.(inputs, inputs))?.inputs.rules).toEqual(inputs.rules);
    }),
  );
});

test("`to` specifies one destination or several, each its own rule", async () => {
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "updates" };
  const to = ["10.0.7.7/16", "2001:db8::/32", place.other, "10.0.0.0/16"];
  const { rules } = await checked(
    handler,
    set(place, [
      { ...https, to },
      { ...https, fromPort: 442, to: "::/0" },
    ]),
  );
  expect(rules).toEqual({
    "tcp 443 to 10.0.0.0/16": { description: "updates" },
    "tcp 443 to 2001:db8::/32": { description: "updates" },
    [`tcp 443 to ${place.other}`]: { description: "updates" },
    "tcp 442-443 to ::/0": { description: "updates" },
  });
});

test("a failure of one destination among several has its place, and the others appear once", async () => {
  const to = ["10.0.0.0/16", "10.0.0.300/16", place.other];
  const said = await refusals(set(place, [{ ipProtocol: "tcp", fromPort: 443, toPort: 80, to }]));
  expect(said).toEqual([
    expect.stringMatching(/^rules\[0\]\.toPort 80 is below fromPort/),
    expect.stringMatching(/^rules\[0\]\.to\[1\] "10\.0\.0\.300\/16" is not an IPv4 CIDR/),
  ]);
});
