import {
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { ipv4, refusal, tcp } from "./rules";
import { authorize } from "./send";

let ec2: EC2Client;
let group: string;

const range = tcp(1, ipv4("10.0.0.0/8"));
const seen = /^no refusal/;
const noGroup = /^InvalidGroup\.NotFound: /;
const make = () => authorize(ec2, group, [range]);

beforeAll(async () => {
  ec2 = endpoint.client();
});

beforeEach(async () => {
  await endpoint.hide({ groups: 2 });
  [group = ""] = await endpoint.makeGroups(1);
});

afterEach(() => endpoint.hide());

async function countRules(): Promise<number> {
  const command = new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [group] }] });
  return (await ec2.send(command)).SecurityGroupRules?.length ?? 0;
}

describe("a group that is made", () => {
  strictly.each<[string, () => Promise<unknown>]>([
    ["change its rules", make],
    ["ask for it", () => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [group] }))],
    ["delete it", () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }))],
    [
      "tag it",
      () => ec2.send(new CreateTagsCommand({ Resources: [group], Tags: [{ Key: "a", Value: "b" }] })),
    ],
  ])("is unknown to so many calls that %s", async (_, call) => {
    expect(await refusal(call())).toMatch(noGroup);
    expect(await refusal(call())).toMatch(noGroup);
    expect(await refusal(call())).toMatch(seen);
  });

  strictly("is unknown as a destination", async () => {
    const [from = ""] = await endpoint.makeGroups(1);
    await endpoint.hide({ groups: 1 });
    const [to = ""] = await endpoint.makeGroups(1);
    const call = () => refusal(authorize(ec2, from, [tcp(1, { UserIdGroupPairs: [{ GroupId: to }] })]));
    expect(await call()).toMatch(noGroup);
    expect(await call()).toMatch(seen);
  });

  strictly("has no rules for those who read them, nor is it among all groups", async () => {
    const listed = async () => {
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand());
      return SecurityGroups.some(({ GroupId }) => GroupId === group);
    };
    expect(await endpoint.rules(group)).toHaveLength(1);
    expect(await countRules()).toBe(0);
    expect(await listed()).toBe(false);
    expect(await listed()).toBe(true);
    expect(await countRules()).toBe(1);
  });

  strictly("is not waited for by dry runs", async () => {
    for (let run = 1; run <= 3; run += 1) {
      expect(await refusal(authorize(ec2, group, [range], { DryRun: true }))).toMatch(/^DryRunOperation: /);
    }
    expect(await refusal(make())).toMatch(noGroup);
  });

  strictly("has its first rules later still, where rules are hidden too", async () => {
    await endpoint.hide({ groups: 1, rules: 2 });
    [group = ""] = await endpoint.makeGroups(1);
    const counts = [];
    for (let read = 1; read <= 4; read += 1) counts.push(await countRules());
    expect(counts).toEqual([0, 0, 0, 1]);
  });

  strictly("is known once nothing is hidden", async () => {
    await endpoint.hide();
    expect(await refusal(make())).toMatch(seen);
  });

  strictly("is known where it was made before anything was hidden", async () => {
    await endpoint.hide();
    [group = ""] = await endpoint.makeGroups(1);
    await endpoint.hide({ groups: 2 });
    expect(await refusal(make())).toMatch(seen);
  });
});
