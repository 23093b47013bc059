import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { UNKNOWN } from "../../../provider/rule/unknown";
import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { checked, failureOf, type Handler, make, recorded, refresh } from "../handler";
import { authorize, clear, destination, KINDS, makePlace, OWNER, OWNER_TAG, type Place, tcp } from "../place";
import { DEFAULT_RULE, lines, many, set, setsAt, to, unmarked } from "./sets";

let handler: Handler;
let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  handler = setsAt(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  said.mockRestore();
  return endpoint.quota();
});

test("all rules come in one request, each with the mark, and what was there stays", async () => {
  const rules = KINDS.map((kind) => ({
    ipProtocol: "tcp",
    fromPort: 1,
    toPort: 9,
    ...destination(kind, place),
  }));
  const { result, actions } = await recorded(endpoint, () => make(handler, set(place, rules)));
  expect(actions).toEqual([DESCRIBE, AUTHORIZE]);
  expect(result.id).toBe(place.group);
  expect(await lines(place)).toEqual(
    [
      `1-9 10.0.0.0/16 by ${OWNER}`,
      `1-9 2001:db8::/32 by ${OWNER}`,
      `1-9 ${place.s3} by ${OWNER}`,
      `1-9 ${place.other} by ${OWNER}`,
      `1-9 sg-0fedcba9876543210 by ${OWNER}`,
      DEFAULT_RULE,
    ].sort(),
  );
  expect(await refresh(setsAt(endpoint), result)).toEqual(result);
});

test("state has the rules by what they are, and the id of each", async () => {
  const rules = [
    to(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web" } }),
    to(80, "10.0.0.0/8"),
  ];
  const { outs } = await make(handler, set(place, rules, { adopt: true }));
  const ids = new Map((await place.rules()).map((rule) => [rule.fromPort, rule.securityGroupRuleId]));
  expect(outs).toEqual({
    securityGroupId: place.group,
    region: "us-east-1",
    rules: {
      "tcp 443 to 10.0.0.0/16": { description: "updates", tags: { Team: "web" } },
      "tcp 80 to 10.0.0.0/8": {},
    },
    ruleIds: { "tcp 443 to 10.0.0.0/16": ids.get(443), "tcp 80 to 10.0.0.0/8": ids.get(80) },
    owner: OWNER,
    __provider: expect.anything(),
  });
});

test("there is a request for each set of tags, and no more", async () => {
  const withDefaults = setsAt(endpoint, { "aws:defaultTags": JSON.stringify({ tags: { Stage: "test" } }) });
  const rules = [
    to(1, "10.0.0.0/8", { tags: { Team: "web" } }),
    to(2, "10.0.0.0/8"),
    to(3, "10.0.0.0/8", { tags: { Team: "web", Stage: "test" } }),
    to(4, "10.0.0.0/8", { tags: { Stage: "prod" } }),
    to(5, "10.0.0.0/8"),
  ];
  const { result, actions } = await recorded(endpoint, () => make(withDefaults, set(place, rules)));
  expect(actions).toEqual([DESCRIBE, AUTHORIZE, AUTHORIZE, AUTHORIZE]);
  expect(await lines(place)).toEqual([
    `1 10.0.0.0/8 Stage=test Team=web by ${OWNER}`,
    `2 10.0.0.0/8 Stage=test by ${OWNER}`,
    `3 10.0.0.0/8 Stage=test Team=web by ${OWNER}`,
    `4 10.0.0.0/8 Stage=prod by ${OWNER}`,
    `5 10.0.0.0/8 Stage=test by ${OWNER}`,
    DEFAULT_RULE,
  ]);
  // As they are declared: what the stack adds is said once, for all.
  expect(result.outs.rules).toEqual({
    "tcp 1 to 10.0.0.0/8": { tags: { Team: "web" } },
    "tcp 2 to 10.0.0.0/8": {},
    "tcp 3 to 10.0.0.0/8": { tags: { Stage: "test", Team: "web" } },
    "tcp 4 to 10.0.0.0/8": { tags: { Stage: "prod" } },
    "tcp 5 to 10.0.0.0/8": {},
  });
  expect(await refresh(setsAt(endpoint), result)).toEqual(result);
});

test("without ownership there are no marks, and nothing is tagged", async () => {
  const { outs } = await make(handler, unmarked(set(place, [to(443, "10.0.0.0/8")])));
  expect(await lines(place)).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
  expect(outs).not.toHaveProperty("owner");
  expect(outs).not.toHaveProperty("marks");
});

test("an empty set makes nothing, and an empty exclusive one leaves nothing", async () => {
  const { actions } = await recorded(endpoint, () => make(handler, set(place, [])));
  expect(actions).toEqual([DESCRIBE]);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
  const made = await make(setsAt(endpoint), set(place, [], { exclusive: true }));
  expect(await lines(place)).toEqual([]);
  expect(made.outs).toMatchObject({ rules: {}, ruleIds: {} });
});

describe("more rules than one request carries", () => {
  test("are split, where the quota has room for them", async () => {
    await endpoint.quota(500);
    handler = setsAt(endpoint, { "aws-egress:rulesPerGroup": "500" });
    const { result, actions } = await recorded(endpoint, () => make(handler, set(place, many(450))));
    expect(actions).toEqual([DESCRIBE, AUTHORIZE, AUTHORIZE, AUTHORIZE]);
    expect(await place.rules()).toHaveLength(451);
    expect(Object.keys(Object(result.outs.ruleIds))).toHaveLength(450);
  });
});

describe("the quota", () => {
  test("is counted with the rules of others before anything is sent", async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const args = set(place, many(59));
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, args)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} would have more outbound rules than fit`);
    expect(result).toContain("with 2 that are not this set's there are 61 for IPv4");
    expect(result).toContain("set aws-egress:rulesPerGroup");
    expect(await place.rules()).toHaveLength(2);
  });

  test("has room for a full exclusive set, which takes the default rule's place", async () => {
    const inputs = await checked(handler, set(place, many(60), { exclusive: true }));
    said.mockClear();
    const { actions } = await recorded(endpoint, () => handler.create(inputs));
    expect(actions).toEqual([DESCRIBE, REVOKE, AUTHORIZE]);
    expect(await place.rules()).toHaveLength(60);
    expect(said.mock.calls).toEqual([
      [
        `${place.group} has no room for its old and its new rules at once: all traffic to 0.0.0.0/0 goes before others come`,
      ],
    ]);
  });

  test("is taken to be higher where the group already holds more", async () => {
    await endpoint.quota(70);
    await make(setsAt(endpoint, { "aws-egress:rulesPerGroup": "70" }), set(place, many(65)));
    const unaware = setsAt(endpoint);
    await make(unaware, set(place, [...many(64), to(1, "10.0.0.0/8")]));
    expect(await place.rules()).toHaveLength(66);
    expect(said.mock.calls.flat()).toEqual([expect.stringContaining("has no room")]);
  });
});

test("no inbound rule is touched, nor taken for one of the set's", async () => {
  const IpPermissions = [
    { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
    tcp(443, "10.0.0.0/8", "inbound"),
  ];
  await place.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: place.group, IpPermissions }));
  const inbound = async () => {
    const Filters = [{ Name: "group-id", Values: [place.group] }];
    const { SecurityGroupRules = [] } = await place.ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters }),
    );
    return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
  };
  const before = await inbound();
  expect(before).toHaveLength(2);
  const made = await make(handler, set(place, [to(443, "10.0.0.0/8")], { exclusive: true }));
  expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${OWNER}`]);
  expect(await inbound()).toEqual(before);
  await setsAt(endpoint).delete(made.id, made.outs);
  expect(await place.rules()).toEqual([]);
  expect(await inbound()).toEqual(before);
});

describe("rules that are there already", () => {
  const args = () => set(place, [to(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web" } })]);

  test("are not taken unasked: the error names each, its owner, and what to do", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const marked = await authorize(place, tcp(80, "10.0.0.0/16"), { [OWNER_TAG]: "shop/test/old" });
    const both = set(place, [to(443, "10.0.0.0/16"), to(80, "10.0.0.0/16"), to(1, "10.0.0.0/8")]);
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, both)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} has rules that this set may not take:`);
    expect(result).toContain(`  ${id}, tcp 443 to 10.0.0.0/16, owner none`);
    expect(result).toContain(`  ${marked}, tcp 80 to 10.0.0.0/16, owner "shop/test/old"`);
    expect(result).toContain(
      "set adopt: true. If these are its rules from before it was renamed, give it aliases.",
    );
  });

  test("are taken by adopt: true, with the id that they have, and brought right", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { Stage: "old" });
    const stranger = await authorize(place, tcp(22, "10.0.0.0/8"));
    const { result, actions } = await recorded(endpoint, () => make(handler, { ...args(), adopt: true }));
    expect(actions).toEqual([
      DESCRIBE,
      "UpdateSecurityGroupRuleDescriptionsEgress",
      "CreateTags",
      "DeleteTags",
    ]);
    expect(result.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual([
      "22 10.0.0.0/8",
      `443 10.0.0.0/16 "updates" Team=web by ${OWNER}`,
      DEFAULT_RULE,
    ]);
    expect((await place.rules()).map((rule) => rule.securityGroupRuleId)).toContain(stranger);
    expect(result.outs).not.toHaveProperty("adopt");
    expect((await refresh(setsAt(endpoint), result))?.outs).toEqual(result.outs);
  });

  test("are taken without a mark where the stack marks none", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const { outs } = await make(handler, unmarked(set(place, [to(443, "10.0.0.0/16")], { adopt: true })));
    expect(outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual(["443 10.0.0.0/16", DEFAULT_RULE]);
  });

  test("are taken from another resource of this stack, and not from another stack", async () => {
    const own = await authorize(place, tcp(443, "10.0.0.0/16"), { [OWNER_TAG]: "shop/test/old" });
    const taken = await make(handler, { ...args(), adopt: true });
    expect(taken.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": own });
    await clear(place);
    await authorize(place, tcp(443, "10.0.0.0/16"), { [OWNER_TAG]: "shop/prod/web" });
    const message = await failureOf(make(handler, { ...args(), adopt: true }));
    expect(message).toContain('owner "shop/prod/web"');
    expect(message).toContain("Other programs manage them: remove them there first.");
    expect(await lines(place)).toEqual(["443 10.0.0.0/16 by shop/prod/web"]);
  });

  test("that are many are not all named", async () => {
    await make(handler, set(place, many(30), { owner: "pay/prod/all" }));
    const message = await failureOf(make(setsAt(endpoint), set(place, many(30))));
    expect(message.split("\n")).toHaveLength(13);
    expect(message).toContain("  and 20 more");
  });
});

describe("an exclusive set", () => {
  test("takes what it declares, and revokes strangers and the default rule after its own have come", async () => {
    await authorize(place, tcp(443, "10.0.0.0/16", "by hand"));
    await authorize(place, tcp(22, "10.0.0.0/8"), { Team: "ops" });
    await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: "shop/test/gone" });
    const rules = [to(443, "10.0.0.0/16", { description: "by hand" }), to(80, "10.0.0.0/8")];
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, set(place, rules, { exclusive: true })),
    );
    expect(actions).toEqual([DESCRIBE, DESCRIBE, AUTHORIZE, "CreateTags", REVOKE]);
    expect(await lines(place)).toEqual([
      `443 10.0.0.0/16 "by hand" by ${OWNER}`,
      `80 10.0.0.0/8 by ${OWNER}`,
    ]);
    expect(result.outs).toMatchObject({ exclusive: true });
    expect(await refresh(setsAt(endpoint), result)).toEqual(result);
  });

  test("is refused, at preview too, where another stack has rules on the group, and changes nothing", async () => {
    const args = set(place, [to(443, "10.0.0.0/8")], { exclusive: true });
    const inputs = await checked(handler, args);
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: "pay/prod/ssh" });
    const held = await place.rules();
    const message = await failureOf(handler.create(inputs));
    expect((await handler.check({}, args)).failures).toEqual([{ property: "", reason: message }]);
    expect(message).toContain('tcp 22 to 10.0.0.0/8, owner "pay/prod/ssh"');
    expect(message).toContain("remove them there first, or leave out exclusive");
    expect(message).not.toContain("all traffic");
    expect(await place.rules()).toEqual(held);
  });
});

describe("the preview of a new exclusive set", () => {
  const told = () => said.mock.calls.flat();
  const args = () => set(place, [to(443, "10.0.0.0/8")], { exclusive: true });

  test("tells what will be taken away, and so does an update that finds strangers", async () => {
    const [byDefault = ""] = (await endpoint.rules(place.group)).map(({ SecurityGroupRuleId: id }) => id);
    const stranger = await authorize(place, tcp(22, "10.0.0.0/8"));
    const inputs = await checked(handler, args());
    const both = `all traffic to 0.0.0.0/0 (${byDefault}), tcp 22 to 10.0.0.0/8 (${stranger})`;
    const [text, ...others] = told();
    expect(others).toEqual([]);
    expect(text).toContain(`${place.group}: an exclusive set takes away what it does not declare: `);
    expect(text.split(": ")[2].split(", ").sort()).toEqual(both.split(", "));

    const { id, outs } = await handler.create(inputs);
    said.mockClear();
    const drifted = await authorize(place, tcp(23, "10.0.0.0/8"));
    const news = await checked(handler, set(place, [to(444, "10.0.0.0/8")], { exclusive: true }), inputs);
    await handler.update(id, outs, news);
    expect(told()).toEqual([
      `${place.group}: the exclusive set has taken away what it does not declare: tcp 23 to 10.0.0.0/8 (${drifted})`,
    ]);
  });

  test("goes on without the right to look, and says so", async () => {
    await endpoint.deny([DESCRIBE]);
    await checked(handler, args());
    await endpoint.deny([]);
    expect(told()).toEqual([
      expect.stringMatching(
        /: what an exclusive set takes away is not known yet: reading the rules of sg-.*Unauthorized/,
      ),
    ]);
  });

  test("looks at nothing where the group is not known yet, and where the set is there already", async () => {
    const { inputs } = await make(handler, args());
    await endpoint.reset();
    await checked(handler, { ...args(), securityGroupId: UNKNOWN });
    await checked(handler, args(), inputs);
    expect(await endpoint.calls()).toEqual([]);
  });
});

test("a rule of its own from a run that was cut off is found by its mark, which is renewed", async () => {
  const before = await make(handler, set(place, many(3)));
  const { result, actions } = await recorded(endpoint, () =>
    make(setsAt(endpoint), set(place, [...many(2), to(1, "10.0.0.0/8")])),
  );
  expect(actions).toEqual([DESCRIBE, AUTHORIZE, "CreateTags", REVOKE]);
  expect(Object.values(Object(result.outs.ruleIds))).toEqual(
    expect.arrayContaining(Object.values(Object(before.outs.ruleIds)).slice(0, 2)),
  );
  expect(await place.rules()).toHaveLength(4);
  expect(result.outs.owner).toMatch(new RegExp(`^${OWNER}@[0-9a-f]{8}$`));
});
