import fc from "fast-check";
import { makeEgressRuleSet } from "../../../provider/handlers/egressRuleSet";
import { UNKNOWN } from "../../../provider/rule/unknown";
import { known } from "../../known";
import { anything } from "../../rule/arbitraries";
import { endpoint } from "../../world";
import { checked, configFor, type Handler, type Props } from "../handler";
import { makePlace, OWNER, type Place } from "../place";
import { many, set, setsAt, to } from "./sets";

let handler: Handler;
let place: Place;

beforeAll(async () => {
  place = await makePlace(endpoint);
});
beforeEach(() => {
  handler = setsAt(endpoint);
});

async function refusals(args: Props, using = handler): Promise<string[]> {
  const { failures } = await using.check({}, args);
  return failures.map(({ property, reason }) => `${property} ${reason}`.trim());
}

test("a good set is returned in canonical form: each rule by what it is, once, and in order", async () => {
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
    owner: OWNER,
    rules: {
      [`all traffic to 210987654321/${place.other}`]: {},
      "tcp 443 to 10.0.0.0/16": { tags: { Area: "shop", Team: "web" } },
      "udp 53 to 2001:db8::/32": { description: "names" },
    },
    __provider: expect.anything(),
  });
});

test("an empty set is one", async () => {
  expect(await checked(handler, set(place, []))).toMatchObject({ rules: {} });
});

test("all that is wrong is told at once, with its place", async () => {
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
    expect.stringMatching(/^egress is not an argument of a set of rules: it takes securityGroupId, rules,/),
    'exclusive "yes" is neither true nor false',
    'onDestroy "restore" is not "restoreDefault"',
    expect.stringMatching(/^onDestroy goes with exclusive only/),
    expect.stringMatching(/^securityGroupId "web" is not the id of a security group/),
    expect.stringMatching(/^region "europe" is not an AWS Region/),
    expect.stringMatching(/^rules\[0\]\.cidrIpv4 "10.0.0.0" has no prefix length/),
    expect.stringMatching(/^rules\[1\]\.toPort 80 is below fromPort, 443/),
    expect.stringMatching(/^rules\[1\]\.description "Büro" contains/),
    'rules[2] "tcp 443" is not a record of arguments',
    "rules[3].securityGroupId is said once, for the whole set: leave it out here",
    "rules[3].region is said once, for the whole set: leave it out here",
    "rules[3].adopt is said once, for the whole set: leave it out here",
    expect.stringMatching(/^rules\[3\]\.tags\["aws:x"\] keys that begin with "aws:"/),
    expect.stringMatching(/^rules\[4\]\.cidrIpv4 no destination is given/),
  ]);
});

test.each<[unknown, string]>([
  [null, "rules is missing: an empty list is []"],
  ["tcp", 'rules "tcp" is not a list of rules: an empty list is []'],
  [7, "rules 7 is not a list of rules: an empty list is []"],
])("the rules %j are no list", async (rules, said) => {
  expect(await refusals({ securityGroupId: place.group, rules })).toEqual([said]);
});

test("a group has to be given", async () => {
  expect(await refusals({ rules: [] })).toEqual(["securityGroupId is missing: every set needs it"]);
});

describe("the same rule said twice", () => {
  test.each<[string, Props, string]>([
    ["description", { description: "other" }, "another description"],
    ["tags", { tags: { Team: "ops" } }, "other tags"],
    ["both", { description: "other", tags: { Team: "ops" } }, "another description and other tags"],
  ])("with another %s is an error", async (_, more, differs) => {
    const rules = [to(1, "10.0.0.0/8"), to(443, "10.0.0.0/16"), to(443, "10.0.9.9/16", more)];
    expect(await refusals(set(place, rules))).toEqual([
      `rules[2] is the same rule as rules[1], tcp 443 to 10.0.0.0/16, with ${differs}: keep one of the two`,
    ]);
  });

  test("with the account of its group once, and once without, is an error, for EC2 keeps one", async () => {
    const one = { ipProtocol: "-1", referencedSecurityGroupId: place.other };
    const said = await refusals(
      set(place, [one, { ...one, referencedSecurityGroupOwnerId: "123456789012" }]),
    );
    expect(said).toEqual([expect.stringContaining("is the same rule as rules[0]")]);
    expect(said[0]).toContain("with another account: keep one of the two");
  });
});

describe("tags", () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`key${place}`, "value"]));

  test("those of the stack count, and the mark", async () => {
    const withDefaults = setsAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) });
    expect(await refusals(set(place, [to(1, "10.0.0.0/8", { tags: tags(48) })]), withDefaults)).toEqual([]);
    expect(await refusals(set(place, [to(1, "10.0.0.0/8", { tags: tags(49) })]), withDefaults)).toEqual([
      expect.stringMatching(/^rules\[0\]\.tags 50 of them, with those of aws:defaultTags, .* at most 49$/),
    ]);
    const { owner: _, ...args } = set(place, [to(1, "10.0.0.0/8", { tags: tags(49) })]);
    expect(await refusals(args, withDefaults)).toEqual([]);
  });

  test("those of the stack are kept once, beside the rules", async () => {
    const withDefaults = setsAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) });
    const inputs = await checked(withDefaults, set(place, [to(1, "10.0.0.0/8", { tags: { Team: "web" } })]));
    expect(inputs).toMatchObject({
      defaultTags: { Stage: "test" },
      rules: { "tcp 1 to 10.0.0.0/8": { tags: { Team: "web" } } },
    });
  });
});

describe("prefix lists by name", () => {
  const named = (prefixListName: string) => ({
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    prefixListName,
  });

  test("become ids, asked for once for each name", async () => {
    await endpoint.reset();
    const rules = [
      named("com.amazonaws.{region}.s3"),
      { ...named("com.amazonaws.us-east-1.s3"), fromPort: 80, toPort: 80 },
    ];
    expect((await checked(handler, set(place, rules))).rules).toEqual({
      [`tcp 443 to ${place.s3}`]: {},
      [`tcp 80 to ${place.s3}`]: {},
    });
    expect(await endpoint.count()).toEqual({ DescribeManagedPrefixLists: 1 });
  });

  test("that are not there are told with their place", async () => {
    expect(await refusals(set(place, [to(1, "10.0.0.0/8"), named("office")]))).toEqual([
      'rules[1].prefixListName "office": no prefix list has this name in us-east-1: check the name and the Region',
    ]);
  });

  test("count as their entries against the quota", async () => {
    const heavy = named("com.amazonaws.global.cloudfront.origin-facing");
    const program = { __program: { urn: "urn:set", silence: [] } };
    const id = known((await endpoint.prefixLists())["com.amazonaws.global.cloudfront.origin-facing"]);
    expect(await checked(handler, set(place, [heavy, ...many(5)], program))).toMatchObject({
      listWeights: { [id]: 55 },
    });
    const said = await refusals(set(place, [heavy, ...many(6)], program), setsAt(endpoint));
    expect(said).toEqual([expect.stringContaining(`${place.group} would have more outbound rules than fit`)]);
    expect(said[0]).toContain("declares 61 for IPv4");
  });
});

describe("among the other resources of a run", () => {
  const program = (urn: string) => ({ __program: { urn, silence: [] } });

  test("one more than the quota is refused; what is said twice counts once", async () => {
    const full = set(place, [...many(60), ...many(60)], program("urn:one"));
    expect(await refusals(full)).toEqual([]);
    const said = await refusals(set(place, [to(1, "0.0.0.0/0")], program("urn:two")));
    expect(said).toEqual([expect.stringContaining("declares 61 for IPv4, a prefix list counting")]);
  });

  test("the quota is that of the configuration", async () => {
    const raised = setsAt(endpoint, { "aws-egress:rulesPerGroup": "61" });
    expect(await refusals(set(place, many(61), program("urn:one")), raised)).toEqual([]);
  });

  test("the same rule in two sets names both", async () => {
    expect(await refusals(set(place, many(2), program("urn:one")))).toEqual([]);
    const said = await refusals(set(place, [to(443, "10.0.1.9/24")], program("urn:two")));
    expect(said).toEqual([
      expect.stringContaining("urn:two is the same rule as urn:one, tcp 443 to 10.0.1.0/24"),
    ]);
  });

  test("a group has one exclusive set, and then nothing beside it, whichever comes first", async () => {
    const one = set(place, many(1), { exclusive: true, ...program("urn:one") });
    const two = set(place, [to(22, "10.0.0.0/8")], program("urn:two"));
    const text = `urn:one has ${place.group} to itself (exclusive: true), and urn:two has rules on it`;
    expect(await refusals(one)).toEqual([]);
    expect(await refusals(two)).toEqual([expect.stringContaining(text)]);
    expect(await refusals(set(place, [], { exclusive: true, ...program("urn:three") }))).toEqual([
      expect.stringContaining("to itself"),
    ]);
    handler = setsAt(endpoint);
    expect(await refusals(two)).toEqual([]);
    expect(await refusals(one)).toEqual([expect.stringContaining(text)]);
  });
});

test("what is not known yet passes, and has a key that says what is known", async () => {
  const inputs = await checked(
    handler,
    set({ group: UNKNOWN }, [], {
      rules: [
        { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: UNKNOWN },
        { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: UNKNOWN },
        { ipProtocol: "tcp", fromPort: UNKNOWN, toPort: 5432, cidrIpv4: "10.0.0.0/8" },
        UNKNOWN,
        to(443, "10.0.0.0/8", { description: UNKNOWN }),
        to(444, "10.0.0.0/8", { tags: UNKNOWN }),
        to(445, "10.0.0.0/8", { tags: { Team: UNKNOWN } }),
      ],
      exclusive: UNKNOWN,
      onDestroy: UNKNOWN,
    }),
  );
  expect(inputs).toMatchObject({ securityGroupId: UNKNOWN, exclusive: UNKNOWN, onDestroy: UNKNOWN });
  expect(inputs.rules).toEqual({
    "a rule not yet known": UNKNOWN,
    "a rule not yet known (2)": UNKNOWN,
    "tcp 443 to 10.0.0.0/8": UNKNOWN,
    "tcp 444 to 10.0.0.0/8": UNKNOWN,
    "tcp 445 to 10.0.0.0/8": { tags: { Team: UNKNOWN } },
    "tcp 5432 to a destination not yet known": UNKNOWN,
    "tcp 5432 to a destination not yet known (2)": UNKNOWN,
  });
  expect((await checked(handler, set(place, [], { rules: UNKNOWN }))).rules).toEqual({
    "a rule not yet known": UNKNOWN,
  });
});

test("what is wrong is told also where the rest is not known yet", async () => {
  const rules = [{ ipProtocol: "tcp", fromPort: 0, toPort: 70000, referencedSecurityGroupId: UNKNOWN }];
  expect(await refusals(set({ group: UNKNOWN }, rules))).toEqual([
    expect.stringMatching(/^rules\[0\]\.toPort 70000/),
  ]);
});

describe("rules as state has them, which the engine gives where their changes are ignored", () => {
  test("are kept, with what their lists count as", async () => {
    const heavy = { ipProtocol: "-1", prefixListName: "com.amazonaws.global.cloudfront.origin-facing" };
    const olds = await checked(
      handler,
      set(place, [to(443, "10.0.0.0/8", { tags: { Team: "web" } }), heavy]),
    );
    const { __provider: _, ...kept } = olds;
    const { inputs, failures } = await handler.check(olds, {
      ...kept,
      exclusive: true,
      listWeights: undefined,
    });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...kept, exclusive: true });
  });

  test("are refused where a person has written them", async () => {
    expect(await refusals(set(place, [], { rules: { "tcp 443": {} } }))).toEqual([
      expect.stringMatching(/^rules\["tcp 443"\]\.ipProtocol is missing/),
      expect.stringMatching(/^rules\["tcp 443"\]\.cidrIpv4 no destination is given/),
    ]);
  });
});

test("a stack that is configured wrongly is told of before anything else", async () => {
  const wrong = setsAt(endpoint, { "aws-egress:rulesPerGroup": "many" });
  expect(await refusals(set(place, [to(1, "x")]), wrong)).toEqual([
    'aws-egress:rulesPerGroup "many" is not a number of rules, 1 or more',
  ]);
});

test("whatever comes over the wire, it is refused or read, and nothing is thrown", async () => {
  const { configure, check } = makeEgressRuleSet();
  const config = configFor(endpoint.url);
  void configure?.({ config: { get: (key) => config[key], require: (key) => config[key] ?? "" } });
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, fc.array(anything)), anything, async (rules, more) => {
      const args = typeof more === "object" ? more : { exclusive: more };
      const given: unknown = JSON.parse(JSON.stringify(set(place, [], { ...args, rules })));
      const { failures = [], inputs } = (await check?.({}, given)) ?? {};
      if (failures.length > 0) return;
      // What is read is read again as the same.
      expect((await check?.(inputs, inputs))?.inputs.rules).toEqual(inputs.rules);
    }),
  );
});
