import { RevokeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { AllowHttpsOut, type EgressDestination, EgressRule } from "../../index";
import { fullTest } from "../fullTest";
import { endpoint } from "../world";
import { declaredRules } from "./declaredRules";
import { newStack } from "./newStack";
import type { TestStack } from "./stack";

/** Few enough for a short run; EC2 has 60. */
const QUOTA = 10;

let stack: TestStack;
let group: string;
let other: string;

beforeAll(() => endpoint.quota(QUOTA));
beforeEach(async () => {
  stack = await newStack({ parallel: 64 });
  const { groupIds } = await endpoint.makeNetwork();
  [group, other] = groupIds;
  const SecurityGroupRuleIds = (await endpoint.rules(group)).map(({ SecurityGroupRuleId: id = "" }) => id);
  await endpoint
    .client()
    .send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds }));
});

const toNetwork = (number: number): EgressDestination => ({ cidrIpv4: `10.${number}.0.0/16` });
const networks = (from: number, end: number) =>
  Array.from({ length: end - from }, (_, place) => toNetwork(from + place));

const program = (destinations: readonly EgressDestination[]) => async () => {
  for (const [place, destination] of destinations.entries()) {
    new EgressRule(`r${place}`, {
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      ...destination,
    });
  }
};

async function ids(): Promise<string[]> {
  return (await declaredRules(group)).map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId).sort();
}

test("in a full group, an edit of one rule turns the old one into the new one in one call", async () => {
  const rules = networks(0, QUOTA);
  await stack.up(program(rules));
  const before = await ids();
  expect(before).toHaveLength(QUOTA);
  await endpoint.reset();
  const ran = await stack.up(program([...rules.slice(0, -1), toNetwork(200)]));
  expect(ran).toMatchObject({ ok: true, changes: { replace: 1 } });
  expect(await ids()).toEqual(before);
  expect(await endpoint.count()).toMatchObject({ ModifySecurityGroupRules: 1 });
  expect(await endpoint.count()).not.toHaveProperty("RevokeSecurityGroupEgress");
  const last = (await declaredRules(group)).map(({ CidrIpv4 }) => CidrIpv4);
  expect(last).toContain("10.200.0.0/16");
  expect(last).not.toContain(`10.${QUOTA - 1}.0.0/16`);
  expect((await stack.refresh()).changes).toEqual({ same: QUOTA + 1 });
  await stack.destroy();
  expect(await ids()).toEqual([]);
});

fullTest("two rules change to each other's kind in a full group", async () => {
  const toOther = { referencedSecurityGroupId: other };
  const rules = networks(0, QUOTA - 2);
  const ofGroup = { ...toOther, fromPort: 80, toPort: 80 };
  await stack.up(program([...rules, toNetwork(100), ofGroup]));
  const before = await ids();
  const ran = await stack.up(program([...rules, toOther, toNetwork(200)]));
  if (!ran.ok) throw new Error(ran.printed);
  expect(ran).toMatchObject({ ok: true, changes: { replace: 2 } });
  expect(await ids()).toEqual(before);
  expect((await stack.refresh()).changes).toEqual({ same: QUOTA + 1 });
});

fullTest("if names change along with the rules, the error names the ways out", async () => {
  const all = (from: number) => async () => {
    for (const { cidrIpv4 = "" } of networks(from, from + QUOTA)) {
      const args = { securityGroupId: group, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 };
      new EgressRule(`to-${cidrIpv4}`, args);
    }
  };
  await stack.up(all(0));
  const refused = await stack.up(all(1));
  expect(refused.ok).toBe(false);
  for (const way of ["EgressPolicy", "deleteBeforeReplace", "L-0EA8095F"]) {
    expect(refused.printed).toContain(way);
  }
  expect(await ids()).toHaveLength(QUOTA);
});

fullTest("every rule of a component becomes another one in a full group", async () => {
  const all = (from: number) => async () => {
    const to = Array.from({ length: QUOTA }, (_, place) => `10.${from + place}.0.0/16`);
    new AllowHttpsOut("web", { securityGroup: group, to });
  };
  await stack.configure({ "aws-egress:rulesPerGroup": String(QUOTA) });
  await stack.up(all(0));
  const before = await ids();
  const ran = await stack.up(all(QUOTA));
  if (!ran.ok) throw new Error(ran.printed);
  expect(await ids()).toEqual(before);
  expect((await stack.preview(all(QUOTA))).changes).toEqual({ same: 3 });
});
