import { EgressRule, type EgressRuleArgs, type RuleArgs } from "../../index";
import { ec2Buckets } from "../ec2/endpoint";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { newStack } from "./newStack";
import type { Ran, RunOptions, StateResource, TestStack } from "./stack";

let stack: TestStack;

beforeEach(async () => {
  stack = await newStack({ parallel: 64 });
});

afterEach(async () => {
  await endpoint.slow({ milliseconds: 0 });
  await endpoint.throttle({});
  await endpoint.quota();
});

type Rules = { readonly [name: string]: EgressRuleArgs };

const program = (rules: Rules) => async () => {
  for (const [name, args] of Object.entries(rules)) new EgressRule(name, args);
};

/** Rules of a group named for their networks, from one number up to another, exclusive. */
function to(
  securityGroupId: string,
  first: number,
  end: number,
  { toPort = 443, ...more }: Partial<RuleArgs> = {},
): Rules {
  const numbers = Array.from({ length: end - first }, (_, place) => first + place);
  const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort, ...more };
  return Object.fromEntries(
    numbers.map((number) => [
      `${securityGroupId}-to-${number}`,
      { ...rule, cidrIpv4: `10.${number}.0.0/16` },
    ]),
  );
}

/** Without the engine's notes about the program's own lines. */
function withoutTraces(resource: StateResource): object {
  const { sourcePosition: _, stackTrace: __, ...others }: { [name: string]: unknown } = { ...resource };
  return others;
}

/** The engine counts the stack as a resource, too. */
const STACK = 1;

/**
 * The result of a command, and its calls.
 *
 * @param held an action whose first call waits until the engine has started this many resources, so that the engine's
 *   speed does not change the count
 */
async function counted(
  command: (options: RunOptions) => Promise<Ran>,
  held?: { action: string; until: number },
) {
  await endpoint.reset();
  const hold = held && (await endpoint.hold({ action: held.action, before: true }));
  let begun = 0;
  const onBegun = () => {
    begun += 1;
    if (begun === held?.until) void hold?.release();
  };
  const { ok, printed, changes } = await command({ onBegun });
  if (!ok) throw new Error(printed);
  const counts = Object.values(await endpoint.count());
  return { printed, changes, calls: counts.reduce((sum, count) => sum + count, 0) };
}

test("sixty rules of one group take few calls for any operation", async () => {
  const [group] = (await endpoint.makeNetwork()).groupIds;
  await endpoint.slow({ milliseconds: 150 });
  // New rules come before old ones go, and the group has its initial rule.
  await endpoint.quota(80);
  await stack.configure({ "aws-egress:rulesPerGroup": "80" });

  const created = await counted((options) => stack.up(program(to(group, 0, 60)), options), {
    action: "AuthorizeSecurityGroupEgress",
    until: 60 + STACK,
  });
  expect(created.changes).toEqual({ create: 60 + STACK });
  expect(created.calls).toBeLessThanOrEqual(6);
  expect(await endpoint.rules(group)).toHaveLength(61);
  const ids = (await stack.resources()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(60);
  for (const resource of await stack.resources()) {
    expect(JSON.stringify(withoutTraces(resource)).length).toBeLessThanOrEqual(1_500);
  }

  const unchanged = await counted(() => stack.up(program(to(group, 0, 60))));
  expect(unchanged).toMatchObject({ changes: { same: 60 + STACK }, calls: 0 });

  const refreshed = await counted((options) => stack.refresh(options), {
    action: "DescribeSecurityGroupRules",
    until: 60,
  });
  expect(refreshed.changes).toEqual({ same: 60 + STACK });
  expect(refreshed.calls).toBeLessThanOrEqual(4);

  const changed = {
    ...to(group, 10, 40),
    ...to(group, 40, 50, { toPort: 444 }),
    ...to(group, 50, 60, { description: "updates" }),
    ...to(group, 60, 70),
  };
  const mixed = await counted(() => stack.up(program(changed)));
  expect(mixed.changes).toEqual({ create: 10, delete: 10, replace: 10, update: 10, same: 30 + STACK });
  expect(mixed.calls).toBeLessThanOrEqual(20);
  expect(await endpoint.rules(group)).toHaveLength(61);

  const destroyed = await counted((options) => stack.destroy(options), {
    action: "DescribeSecurityGroupRules",
    until: 60,
  });
  expect(destroyed.changes).toEqual({ delete: 60 + STACK });
  expect(destroyed.calls).toBeLessThanOrEqual(12);
  expect(await endpoint.rules(group)).toHaveLength(1);
});

fullTest(
  "sixty rules whose places shift by one take few calls, and only the claims of unchanged rules change",
  async () => {
    const [group] = (await endpoint.makeNetwork()).groupIds;
    await endpoint.slow({ milliseconds: 3_000 });
    await endpoint.quota(80);
    await stack.configure({ "aws-egress:rulesPerGroup": "80" });
    const byPlace = (first: number) =>
      Object.fromEntries(Object.values(to(group, first, 60)).map((rule, place) => [`r${place}`, rule]));
    const created = await stack.up(program(byPlace(0)));
    expect(created.ok).toBe(true);
    const before = await endpoint.rules(group);

    const shifted = await counted((options) => stack.up(program(byPlace(1)), options), {
      action: "AuthorizeSecurityGroupEgress",
      until: 59 + STACK,
    });
    expect(shifted.changes).toEqual({ replace: 59, delete: 1, same: STACK });
    expect(shifted.calls).toBeLessThanOrEqual(6);
    const after = await endpoint.rules(group);
    const stayed = before.filter(({ CidrIpv4 }) => CidrIpv4 !== "10.0.0.0/16");
    const withoutTags = ({ Tags: _, ...rule }: (typeof before)[number]) => rule;
    expect(after.map(withoutTags)).toEqual(expect.arrayContaining(stayed.map(withoutTags)));
    expect(after).toHaveLength(60);
  },
);

fullTest("two hundred rules of four groups are created and deleted within EC2's rate limits", async () => {
  const groups = await endpoint.makeGroups(4);
  await endpoint.slow({ milliseconds: 150 });
  await endpoint.throttle(ec2Buckets);
  const rules = Object.assign({}, ...groups.map((group) => to(group, 0, 50)));

  const created = await counted(() => stack.up(program(rules)));
  expect(created.changes).toEqual({ create: 200 + STACK });
  for (const group of groups) expect(await endpoint.rules(group)).toHaveLength(51);
  expect((await counted(() => stack.destroy())).changes).toEqual({ delete: 200 + STACK });
  for (const group of groups) expect(await endpoint.rules(group)).toHaveLength(1);
});
