import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { AUTHORIZE, DESCRIBE } from "../../actions";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { make, recorded, refresh } from "../handler";
import { CLAIM, destination, KINDS, OWNER_TAG, STACK, tcp } from "../place";
import { handler, place } from "./newSet";
import { DEFAULT_RULE, lines, many, set, setsAt, to, unclaimed } from "./sets";

strictly("all rules come in one request, each with the claim, and existing rules stay", async () => {
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
      `1-9 10.0.0.0/16 by ${STACK}`,
      `1-9 2001:db8::/32 by ${STACK}`,
      `1-9 ${place.s3} by ${STACK}`,
      `1-9 ${place.other} by ${STACK}`,
      `1-9 sg-0fedcba9876543210 by ${STACK}`,
      DEFAULT_RULE,
    ].sort(),
  );
  expect(await refresh(setsAt(endpoint), result)).toEqual(result);
});

strictly("state has the rules by their text, and the id of each", async () => {
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
    owner: STACK,
    claim: CLAIM,
    account: "123456789012",
    __provider: expect.anything(),
  });
  // One for all of them.
  const claims = (await place.rules()).flatMap(({ tags }) => tags[OWNER_TAG] ?? []);
  expect(claims).toEqual([outs.claim, outs.claim]);
});

strictly("each set of tags takes one request", async () => {
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
    `1 10.0.0.0/8 Stage=test Team=web by ${STACK}`,
    `2 10.0.0.0/8 Stage=test by ${STACK}`,
    `3 10.0.0.0/8 Stage=test Team=web by ${STACK}`,
    `4 10.0.0.0/8 Stage=prod by ${STACK}`,
    `5 10.0.0.0/8 Stage=test by ${STACK}`,
    DEFAULT_RULE,
  ]);
  // As declared: the part that the stack adds is reported once for all.
  expect(result.outs.rules).toEqual({
    "tcp 1 to 10.0.0.0/8": { tags: { Team: "web" } },
    "tcp 2 to 10.0.0.0/8": {},
    "tcp 3 to 10.0.0.0/8": { tags: { Stage: "test", Team: "web" } },
    "tcp 4 to 10.0.0.0/8": { tags: { Stage: "prod" } },
    "tcp 5 to 10.0.0.0/8": {},
  });
  expect(await refresh(setsAt(endpoint), result)).toEqual(result);
});

test("without ownership there are no claims or tags", async () => {
  const { outs } = await make(handler, unclaimed(set(place, [to(443, "10.0.0.0/8")])));
  expect(await lines(place)).toEqual(["443 10.0.0.0/8", DEFAULT_RULE]);
  expect(outs).not.toHaveProperty("owner");
  expect(outs).not.toHaveProperty("claim");
});

test("an empty set creates nothing, and an empty exclusive one leaves nothing", async () => {
  const { actions } = await recorded(endpoint, () => make(handler, set(place, [])));
  expect(actions).toEqual([DESCRIBE]);
  expect(await lines(place)).toEqual([DEFAULT_RULE]);
  const made = await make(setsAt(endpoint), set(place, [], { exclusive: true }));
  expect(await lines(place)).toEqual([]);
  expect(made.outs).toMatchObject({ rules: {}, ruleIds: {} });
});

test("no inbound rule is touched or taken for the set's own", async () => {
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
  expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
  expect(await inbound()).toEqual(before);
  await setsAt(endpoint).delete(made.id, made.outs);
  expect(await place.rules()).toEqual([]);
  expect(await inbound()).toEqual(before);
});

test("rules of an interrupted run are taken over with a new claim, and undeclared ones stay", async () => {
  const before = await make(handler, set(place, many(3)));
  const rules = [...many(2), to(1, "10.0.0.0/8")];
  const { result, actions } = await recorded(endpoint, () => make(setsAt(endpoint), set(place, rules)));
  expect(actions).toEqual([DESCRIBE, AUTHORIZE, "CreateTags"]);
  const { "tcp 443 to 10.0.2.0/24": _, ...taken } = Object(before.outs.ruleIds);
  expect(result.outs.ruleIds).toMatchObject(taken);
  expect(await place.rules()).toHaveLength(5);
  expect(result.outs.claim).toEqual(CLAIM);
  expect(result.outs.claim).not.toBe(before.outs.claim);
  expect(await refresh(setsAt(endpoint), result)).toEqual(result);
});
