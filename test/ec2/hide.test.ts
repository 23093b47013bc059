import {
  CreateTagsCommand,
  DescribeSecurityGroupRulesCommand,
  type DescribeSecurityGroupRulesRequest,
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { hosts, idOf, ipv4, refusal, tcp } from "./rules";
import { authorize, describeAgain, modify, revoke } from "./send";

let ec2: EC2Client;
let group: string;

beforeAll(async () => {
  ec2 = endpoint.client();
});

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  await revoke(ec2, group, (await endpoint.rules(group)).map(idOf));
});

afterEach(() => endpoint.hide());

async function find(request: DescribeSecurityGroupRulesRequest): Promise<SecurityGroupRule[]> {
  return (await ec2.send(new DescribeSecurityGroupRulesCommand(request))).SecurityGroupRules ?? [];
}

const ofGroup = () => find({ Filters: [{ Name: "group-id", Values: [group] }] });
const byId = (id: string) => refusal(find({ SecurityGroupRuleIds: [id] }));
const range = tcp(1, ipv4("10.0.0.0/8"));
const unknown = /^InvalidSecurityGroupRuleId\.NotFound: /;
const seen = /^no refusal/;

async function make(): Promise<SecurityGroupRule> {
  return known((await authorize(ec2, group, [range]))[0]);
}

describe("a rule that is made", () => {
  strictly("is not seen by so many reads of its group", async () => {
    await endpoint.hide({ rules: 2 });
    const rule = await make();
    expect(await endpoint.rules(group)).toEqual([rule]);
    expect([await ofGroup(), await ofGroup(), await ofGroup()]).toEqual([[], [], [rule]]);
  });

  strictly("is not seen by so many reads of its id", async () => {
    await endpoint.hide({ rules: 2 });
    const id = idOf(await make());
    expect(await byId(id)).toMatch(unknown);
    expect(await byId(id)).toMatch(unknown);
    expect(await byId(id)).toMatch(seen);
  });

  strictly("is a duplicate at once, and can be revoked, unseen as it is", async () => {
    await endpoint.hide({ rules: 9 });
    const id = idOf(await make());
    expect(await refusal(make())).toMatch(/^InvalidPermission\.Duplicate: /);
    expect(await ofGroup()).toEqual([]);
    await revoke(ec2, group, [id]);
    await make();
  });

  strictly("is not brought nearer by reads of others", async () => {
    const [other = ""] = await endpoint.makeGroups(1);
    await endpoint.hide({ rules: 1 });
    await make();
    await find({ Filters: [{ Name: "group-id", Values: [other] }] });
    expect(await ofGroup()).toEqual([]);
    expect(await ofGroup()).toHaveLength(1);
  });

  strictly("is seen at once in Regions that are not meant", async () => {
    await endpoint.hide({ rules: { "eu-test-1": 1 } });
    await make();
    expect(await ofGroup()).toHaveLength(1);
    await endpoint.hide({ rules: { "eu-test-1": 2, "us-east-1": 1 } });
    await revoke(ec2, group, (await endpoint.rules(group)).map(idOf));
    expect([await ofGroup(), await ofGroup()]).toMatchObject([[{}], []]);
  });
});

describe("a rule that is there", () => {
  let rule: SecurityGroupRule;
  beforeEach(async () => {
    rule = await make();
    await endpoint.hide({ rules: 2 });
  });

  strictly.each<[string, (id: string) => Promise<unknown>]>([
    ["is described anew", (id) => describeAgain(ec2, group, [[id, "new"]])],
    ["is modified", (id) => modify(ec2, group, [[id, { ...tcp(2, {}), CidrIpv4: "10.0.0.0/9" }]])],
    ["is revoked", (id) => revoke(ec2, group, [id])],
    [
      "is tagged",
      (id) => ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "team", Value: "a" }] })),
    ],
  ])("is read as it was after it %s", async (_, change) => {
    await change(idOf(rule));
    const now = await endpoint.rules(group);
    expect(now).not.toEqual([rule]);
    expect([await ofGroup(), await ofGroup(), await ofGroup()]).toEqual([[rule], [rule], now]);
  });

  strictly("is not found by a tag that it was given", async () => {
    await ec2.send(new CreateTagsCommand({ Resources: [idOf(rule)], Tags: [{ Key: "team", Value: "a" }] }));
    const Filters = [
      { Name: "group-id", Values: [group] },
      { Name: "tag:team", Values: ["a"] },
    ];
    const tagged = async () => (await find({ Filters })).length;
    expect([await tagged(), await tagged(), await tagged()]).toEqual([0, 0, 1]);
  });

  strictly("is gone for all changes once it is revoked, seen as it is", async () => {
    await revoke(ec2, group, [idOf(rule)]);
    expect(await refusal(revoke(ec2, group, [idOf(rule)]))).toMatch(unknown);
    expect(await byId(idOf(rule))).toMatch(seen);
    expect(await byId(idOf(rule))).toMatch(seen);
    expect(await byId(idOf(rule))).toMatch(unknown);
  });

  strictly("is read as after each of two changes, one after the other", async () => {
    await describeAgain(ec2, group, [[idOf(rule), "one"]]);
    const texts = [];
    texts.push((await ofGroup())[0]?.Description);
    await describeAgain(ec2, group, [[idOf(rule), "two"]]);
    for (let read = 2; read <= 4; read += 1) texts.push((await ofGroup())[0]?.Description);
    expect(texts).toEqual([undefined, undefined, "one", "two"]);
  });

  strictly("is seen as it is as soon as nothing is hidden", async () => {
    await revoke(ec2, group, [idOf(rule)]);
    await endpoint.hide();
    expect(await ofGroup()).toEqual([]);
  });
});

strictly("a read of several pages is one, and all of them are of the same time", async () => {
  await authorize(ec2, group, [tcp(1, ipv4(...hosts(12)))]);
  await endpoint.hide({ rules: 1 });
  await endpoint.pages(5);
  await revoke(ec2, group, (await endpoint.rules(group)).map(idOf));
  const read = async () => {
    const Filters = [{ Name: "group-id", Values: [group] }];
    const counts = [];
    for await (const page of paginateDescribeSecurityGroupRules({ client: ec2 }, { Filters })) {
      counts.push(page.SecurityGroupRules?.length ?? 0);
    }
    return counts;
  };
  expect(await read()).toEqual([5, 5, 2]);
  expect(await read()).toEqual([0]);
  await endpoint.pages();
});

strictly("what was there before is in plain sight", async () => {
  const rule = await make();
  await endpoint.hide({ rules: 9 });
  expect(await ofGroup()).toEqual([rule]);
});
